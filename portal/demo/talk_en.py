"""Ideas and what was said below them, in English. A comment may stand below another: `below` is its place in the list."""

from dataclasses import dataclass, field

Show, Wait, Spam = "show", "wait", "spam"


@dataclass(frozen=True)
class Remark:
    """A comment: who, the words, below which earlier remark of this idea, and what the moderator did."""

    who: str
    text: str
    below: int | None = None
    then: str = Show


@dataclass(frozen=True)
class Thought:
    """An idea with its talk; `liked` citizens support it."""

    who: str
    title: str
    text: str
    tags: tuple[str, ...] = ()
    liked: int = 0
    then: str = Show
    talk: tuple[Remark, ...] = field(default_factory=tuple)


OFFICIAL = "official"
"""Who speaks for the agency; the badge is set by the service."""

IDEAS: dict[str, list[Thought]] = {
    "steps": [
        Thought(
            "usha",
            "A ramp beside one flight of steps",
            "Mend one flight with a ramp beside it, a metre wide, with a rope to hold. My mother, prams, and everybody "
            "who carries something would come back to the river.",
            ("ramp", "old people"),
            23,
            talk=(
                Remark(
                    "joseph",
                    "A ramp takes stones away from the steps. At Lantern Steps there is no room for both.",
                ),
                Remark(
                    "usha",
                    "Then at School Steps, where the wall is wide. One place is enough for a start.",
                    0,
                ),
                Remark(
                    "zoya", "Clay could be rolled up instead of carried. The potters would pay for the rope."
                ),
                Remark("harish", "A ramp becomes a road for motorbikes within a week. Put a bar across it."),
                Remark(
                    "gurdeep",
                    "At the ferry a ramp would float away with the first flood. Please build it of stone.",
                    2,
                ),
                Remark(
                    OFFICIAL,
                    "We are asking the engineers where a ramp of one metre fits. The answer stands here before the "
                    "consultation closes.",
                ),
                Remark(
                    "parveen", "My cousin built one at the mill. Ask him: 98765 43210, evenings.", None, Wait
                ),
            ),
        ),
        Thought(
            "imtiaz",
            "Lamps that are lit by the sun",
            "Four lamps at each landing, each with its own small panel, so that no cable can be flooded. The one at the "
            "ferry has been dark since the monsoon.",
            ("light", "safety"),
            19,
            talk=(
                Remark("pooja", "Yes. I would walk home by the river again."),
                Remark("bala", "Panels are stolen. Ask the market: theirs lasted nine days."),
                Remark("imtiaz", "Put them on the roof of the toll house, where somebody sleeps.", 1),
                Remark("gopal", "दीये के त्योहार पर भी यही बत्तियाँ काम आएँगी।"),
            ),
        ),
        Thought(
            "gurdeep",
            "An iron ring every third step",
            "Not a railing, which the flood takes, but iron rings set deep into the stone. One holds on to them, and "
            "boats can be tied there when the water is high.",
            ("railing", "ferry"),
            14,
            talk=(
                Remark(
                    "nisha", "Children cannot reach a ring that is set for boats. Put them at two heights."
                ),
                Remark("ravi", "Rings rust and cut hands. Rope through stone holes is cheaper and softer."),
                Remark("gurdeep", "Rope rots in one monsoon. I have changed it for thirty years.", 1),
            ),
        ),
        Thought(
            "zoya",
            "Let the potters lay the tiles",
            "The kilns can burn rough tiles that do not slip. Pay the potters for them, and the money stays on this "
            "bank of the river.",
            ("work", "tiles"),
            17,
            talk=(
                Remark(
                    "thomas",
                    "Fired clay does not stand the flood. Granite does, and it is not dearer over twenty years.",
                ),
                Remark("kamala", "हमारी भट्ठी की ईंटें सौ साल से घाट में लगी हैं। पूछ तो लीजिए।", 0),
                Remark("bala", "Try it on ten steps and look after the monsoon."),
            ),
        ),
        Thought(
            "leela",
            "A bench and a water tap at the top",
            "Those who climb up with a load need to put it down once. A stone bench and a tap at the top cost little and "
            "are used by everybody.",
            ("rest", "water"),
            12,
            talk=(
                Remark("anita", "A bench becomes a card table by noon. But the tap, yes."),
                Remark("leela", "Let them play cards. Where people sit, nobody is robbed.", 0),
            ),
        ),
        Thought(
            "thomas",
            "Paint the height of the flood on the wall",
            "Mark the water of the last five floods on the wall beside the steps. Whoever builds there afterwards knows "
            "what comes.",
            ("flood", "memory"),
            9,
            talk=(Remark("mary", "And the year of the great one, so that the children ask about it."),),
        ),
        Thought(
            "harish",
            "Bins at the top, and somebody who empties them",
            "The market throws its leaves down Lantern Steps. New stones will be as slippery as the old ones unless the "
            "leaves go into a bin.",
            ("market", "cleaning"),
            11,
            talk=(
                Remark("vikram", "There were bins. They were never emptied. Write the day on them."),
                Remark(
                    "salim",
                    "Buy fresh bins at half price, today only at Salim's store, best in town!",
                    None,
                    Spam,
                ),
            ),
        ),
        Thought(
            "mary",
            "Close a flight for washing in the morning, for swimming at noon",
            "Half of the quarrels at Ferry Steps are about who stands where. Written hours would help more than stones.",
            ("hours",),
            5,
            talk=(
                Remark("gurdeep", "A ferry has no hours for washing. It has passengers."),
                Remark("meher", "Hours that somebody else writes are kept by nobody."),
            ),
        ),
        Thought(
            "ravi",
            "Show what the mending costs, stone by stone",
            "Put up a board with the price of the stones, the wages and the lorry, and change it each week.",
            ("money",),
            0,
            Wait,
        ),
    ],
    "buses": [
        Thought(
            "deepa",
            "Vests that shine, for every child at the stop",
            "The driver sees a vest from eighty metres. They cost less than one broken mirror.",
            ("clothing", "safety"),
            16,
            talk=(
                Remark("salim", "As a driver: this would help me more than a later hour."),
                Remark("alka", "They will be sold on the market within a week."),
                Remark("deepa", "Then the market will be safer too.", 1),
            ),
        ),
        Thought(
            "tenzin",
            "Let each road choose its own hour",
            "Above the bridge there is no fog. One hour for the whole town is easy for the office and hard for us.",
            ("hours", "hills"),
            13,
            talk=(
                Remark("sanjay", "And teachers who teach in two schools? They cannot be in both at eight."),
                Remark("tenzin", "Three teachers in all. I counted.", 0),
                Remark(
                    OFFICIAL,
                    "Nine teachers work in schools of both sides of the bridge. We will publish the list of hours with "
                    "the answer.",
                ),
            ),
        ),
        Thought(
            "vikram",
            "A grandmother or grandfather at every stop",
            "Older people are awake at six anyway. A vest, a whistle and a cup of tea, and no child waits alone.",
            ("people", "stops"),
            21,
            talk=(
                Remark("joseph", "I would do it. Where does one put one's name down?"),
                Remark("rukhsana", "In fog and frost? Ask a heart doctor first."),
                Remark("joseph", "Mine says walking is good for it.", 1),
                Remark("parveen", "I make the list at our stop. Who is second?", None, Wait),
            ),
        ),
        Thought(
            "salim",
            "White paint on the edge of the road",
            "Between the kilns and the bridge one cannot see where the road ends. A white line on both sides is one day of "
            "work and forty tins of paint.",
            ("road",),
            18,
            talk=(Remark("fatima", "Before the first fog, please, and not after the first ditch."),),
        ),
    ],
}
