"""The pages of the agencies, in English."""

from typing import Any

AGENCIES = {
    "waterways": (
        "Waterways Directorate",
        "<p>We look after the river Nadi, the town canal, their steps, sluices and landings.</p>",
    ),
    "schools-and-learning": (
        "Department of Schools and Learning",
        "<p>We run the public schools of Nadipur, their libraries and the buses that bring children there.</p>",
    ),
}

CONSULTATIONS: dict[str, dict[str, Any]] = {
    "canal": {
        "title": "When should water run in the town canal?",
        "slug": "water-in-the-town-canal",
        "summary": "The new sluice can let river water through the old canal. Tell us at which hours you need it, and "
        "what the still water does to you today.",
        "body": "<p>The old town canal has stood still for six years. The new sluice is paid for and built. What is "
        "open is the timetable: at which hours the water runs, and for how long.</p><p>Not open is the amount: the "
        "river gives forty litres a second in the dry months, and not more.</p>",
        "early": "<p>We closed some days earlier than first announced, because the sluice was ready earlier: the "
        "water can run from next week, and its timetable should be yours.</p>",
        "answered_by": "Anjali Deshmukh, Director of Waterways",
        "phase": "Open for answers",
        "questions": {
            "when": {
                "prompt": "At which hours should the water run?",
                "hint": "There is enough for one of these.",
                "options": {
                    "morning": "Every morning from five to eight",
                    "evening": "Every evening from six to nine",
                    "twice": "Two whole days in the week",
                },
            },
            "smell": {
                "prompt": "How much does the still canal trouble you today?",
                "low": "Not at all",
                "high": "Very much",
            },
            "why": {
                "prompt": "What do you do at the canal, and what would running water change for you?",
                "hint": "Washing, gardens, mosquitoes, children, fish: whatever it is.",
            },
        },
    },
    "reading": {
        "title": "What should school libraries be open for after lessons?",
        "slug": "school-libraries-after-lessons",
        "summary": "Eleven school libraries stand locked after two o'clock. From spring we can keep them open until "
        "seven. Tell us for whom and for what.",
        "body": "<p>The money is there for one helper in each of the eleven libraries, from two to seven, five days a "
        "week. What is open is what these hours are for.</p><p>Not open is the number of helpers, and Sundays.</p>",
        "early": "<p>We closed some days earlier than first announced, so that the hours can stand in the timetable "
        "that goes to print before the winter holidays.</p>",
        "answered_by": "Farida Khan, Secretary for Schools and Learning",
        "phase": "Open for answers",
        "questions": {
            "for": {
                "prompt": "What should the libraries be open for?",
                "hint": "Choose up to two.",
                "options": {
                    "homework": "A quiet place for homework",
                    "lending": "Borrowing books",
                    "computers": "Computers and printing",
                    "stories": "Story hours for small children",
                    "grownups": "Newspapers and books for grown-ups",
                },
            },
            "today": {
                "prompt": "How good is the library in the school nearest to you?",
                "low": "Of no use",
                "high": "Very good",
            },
            "who": {"prompt": "Who would come, when, and what would they need there?", "hint": ""},
        },
    },
    "steps": {
        "title": "Which steps to the river shall we mend first?",
        "slug": "steps-to-the-river",
        "summary": "Four flights of steps down to the Nadi are broken. The money of this year mends two of them. Tell "
        "us which two, and what happens there today.",
        "body": "<p>The flood of the last monsoon took stones out of four flights of steps. Mending one costs as much "
        "as a small school building, so this year there is money for two.</p><p>What is open: which two come first, "
        "and how they are mended. The other two follow next year; that is decided.</p>",
        "answered_by": "Anjali Deshmukh, Director of Waterways",
        "phase": "Open for answers and ideas",
        "questions": {
            "which": {
                "prompt": "Which steps should be mended first?",
                "hint": "Choose up to two.",
                "options": {
                    "lantern": "Lantern Steps, by the old market",
                    "ferry": "Ferry Steps, at the north landing",
                    "school": "School Steps, below the girls' school",
                    "potters": "Potters' Steps, below the kilns",
                },
            },
            "safe": {
                "prompt": "How safe do you feel on the steps today?",
                "low": "Not safe at all",
                "high": "Quite safe",
            },
            "why": {
                "prompt": "What happened to you on the steps, or what keeps you away from them?",
                "hint": "Please leave out the names of other people.",
            },
            "ideas": {
                "prompt": "What have we not thought of?",
                "hint": "Railings, lamps, a ramp, a place to sit: small things too.",
            },
        },
    },
    "buses": {
        "title": "When should the school buses leave in winter?",
        "slug": "school-buses-in-winter",
        "summary": "From December to February fog lies on the roads in the morning. Shall the buses leave later, and the "
        "lessons end later too?",
        "body": "<p>Last winter 31 buses were late on more than half of all days, because the drivers could not see the "
        "road. A later bus is a safer bus, and a later end of lessons.</p><p>What is open: the hour at which the "
        "buses leave. Whatever is chosen, all schools of a road keep the same hours.</p>",
        "answered_by": "Farida Khan, Secretary for Schools and Learning",
        "phase": "Open for answers and ideas",
        "questions": {
            "time": {
                "prompt": "When should the first bus leave from December to February?",
                "hint": "",
                "options": {
                    "seven": "At seven, as in summer",
                    "half": "At half past seven",
                    "eight": "At eight",
                },
            },
            "why": {"prompt": "Why is that the best hour for you?", "hint": ""},
            "ideas": {
                "prompt": "What would make the way to school safer in the fog?",
                "hint": "On the road, at the stop, in the bus.",
            },
        },
    },
    "boats": {
        "title": "How fast may motor boats go on the Nadi?",
        "slug": "motor-boats-on-the-nadi",
        "summary": "Since the new landing was built, motor boats pass the old town every few minutes. We want to set a "
        "speed together with those who live, fish and steer here.",
        "body": "<p>There is no speed limit between the north landing and the kilns. Boats must be able to earn their "
        "living, and people on the steps must be able to stand.</p>",
        "mended": "<p>Boats with oars are not meant: nobody ever complained of them.</p>",
        "answered_by": "Anjali Deshmukh, Director of Waterways",
        "phase": "Open for answers",
        "questions": {
            "speed": {
                "prompt": "How fast may a boat pass the steps?",
                "hint": "",
                "options": {
                    "walk": "As fast as somebody walks",
                    "run": "As fast as somebody runs",
                    "free": "No limit, but no waves at the steps",
                },
            },
            "noise": {
                "prompt": "How much does the noise of the boats trouble you?",
                "low": "Not at all",
                "high": "Very much",
            },
            "why": {"prompt": "What should we know before we set a speed?", "hint": ""},
        },
    },
}

OUTCOME: dict[str, Any] = {
    "title": "What became of it: when water runs in the town canal",
    "asked": "At which hours should river water run through the town canal, and what does the still water do to you "
    "today?",
    "said": "Most of you want the water in the morning. The still water smells and breeds mosquitoes; you need it for "
    "gardens and for washing; and some of you fear for children when the gate opens.",
    "figures": {
        "participants": "people and organisations who took part",
        "responses": "answers that came in",
    },
    "themes": {
        "mosquitoes": {
            "terms": ("mosquitoes", "smell", "fever", "windows", "still", "stinks", "green"),
            "label": "The still water smells and breeds mosquitoes",
            "summary": "Windows stay shut in the lanes along the canal, and fever comes back every autumn.",
            "answer": "The water will run every day and not twice a week: mosquitoes need about seven still days, and "
            "they will not have two. In the first week the health office clears the green mud out.",
        },
        "gardens": {
            "terms": ("garden", "vegetables", "beds", "spinach", "plants", "gardens", "dry", "watering"),
            "label": "Gardens along the canal need the water early",
            "summary": "Beds are watered before the sun is high; water that comes in the evening is too late for the "
            "market of the same day.",
            "answer": "That is why it runs from five to eight in the morning. Each of the twelve gates to the gardens "
            "gets a board on which its quarter of an hour is written.",
        },
        "washing": {
            "terms": ("washing", "clothes", "wash", "stones", "laundry", "soap", "launderers", "linen"),
            "label": "Washing needs clear water and a place for the soap",
            "summary": "Launderers and families wash at the canal stones; they ask for water that runs, and those below "
            "them for water without soap.",
            "answer": "We build one washing place with a drain of its own below the last garden gate. Washing above it "
            "is not forbidden; we ask you to use the place once it is there.",
        },
        "children": {
            "terms": ("children", "gate", "swim", "railing", "bell", "school", "sudden", "play"),
            "label": "Children are at the canal when the gate opens",
            "summary": "The water rises within minutes, and children play on the bed of the canal.",
            "answer": "A bell rings five minutes before the gate opens, and it opens slowly. A railing along the school "
            "is not in this year's money; we will say in spring whether it is in the next.",
        },
    },
    "decision": "<p>From the first Monday of next month the sluice is open every day from five to eight in the morning.</p>"
    "<p>Three in four of you asked for the morning. Two whole days in the week would have given the gardens more at once, "
    "but five still days are enough for mosquitoes. We look at the hours again after one dry season.</p>",
    "decided_by": "Anjali Deshmukh, Director of Waterways",
    "promises": {
        "water": ("The sluice opens every day at five", "Canal office, Waterways Directorate"),
        "bell": ("A bell rings before the gate opens", "Workshop of the Waterways Directorate"),
        "washing": ("A washing place with a drain of its own", "Building office, Waterways Directorate"),
    },
}

POST_EDIT = "Your answers decided the hours. A bell rings before the gate opens, so that nobody is surprised by the water."

NEWS = {
    "index": ("News", "What we did, on which day."),
    "sluice": (
        "The sluice in the town canal is built",
        "For the first time in six years water can run through the canal. When it does is what you decided.",
        (
            "<p>Fourteen people of the workshop built the new sluice in eleven weeks. It was tried on Tuesday, for two "
            "hours, with the doors of the launderers' lane open and everybody watching.</p>",
            "<p>The first thing that came through was an old bicycle. Whoever misses it finds it at the canal office.</p>",
        ),
    ),
}
