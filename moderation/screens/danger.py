"""Words by which somebody's life may be in danger: their own, or another's.

Whole phrases in English, Hindi (also in Latin letters) and Arabic, compared word by word in their plainest form;
single words such as "suicide" or "kill" are left alone, because people write about roads, crops and health. It will
miss some and find some that are none: a person looks in any case.
"""

from django.utils.translation import gettext_lazy as _

from foundation import normalise
from moderation.screens._plain import joined
from moderation.screens.base import Context, Finding, Screen, screens

GAP = 2
"""So many other words may stand between two words of a phrase: "kill all of them"."""

_PHRASES = """
i want to die | want to kill myself | kill myself | killing myself | end my life | ending my life | take my own life
| taking my own life | hang myself | drown myself | shoot myself | poison myself | burn myself | set myself on fire
| i will commit suicide | i will jump off | no reason to live | do not want to live any more | don't want to live any more
| do not want to live anymore | don't want to live anymore | cannot live anymore | better off dead without me
| i will kill you | i will kill him | i will kill her | i will kill them | i will kill my | i'll kill you
| i'll kill him | i'll kill her | i'll kill them | we will kill you | we will kill him | we will kill her
| we will kill them | going to kill you | going to kill him | going to kill her | going to kill myself
| i will shoot you | i will shoot him | i will shoot her | i will shoot them | going to shoot you
| i will stab | i will behead | we will behead | i will burn you | you will die tonight
| he will kill me | he will kill us | they will kill me | they will kill us | husband will kill me
| plant a bomb | planted a bomb | bomb will explode | blow up the building | is not breathing
| is bleeding to death | people are trapped inside | being held against my will | being beaten right now
| मैं मरना चाहता | मैं मरना चाहती | मर जाऊँगा | मर जाऊँगी | मर जाऊंगा | मर जाऊंगी | आत्महत्या कर लूँगा | आत्महत्या कर लूँगी
| आत्महत्या कर लूंगा | आत्महत्या कर लूंगी | जान दे दूँगा | जान दे दूँगी | जान दे दूंगा | जान दे दूंगी | फाँसी लगा लूँगा | फाँसी लगा लूँगी
| ज़हर खा लूँगा | ज़हर खा लूँगी | आग लगा लूँगा | आग लगा लूँगी | जीना नहीं चाहता | जीना नहीं चाहती | जान से मार | मार डालूँगा
| मार डालूंगा | मार डालेंगे | गोली मार | बम लगा | बम रख
| marna chahta | marna chahti | mar jaunga | mar jaungi | khudkushi kar lunga | khudkushi kar lungi
| aatmahatya kar | jaan de dunga | jaan de dungi | jaan se maar | jaan se mar dunga | maar dalunga | maar dalenge
| jeena nahi chahta | jeena nahi chahti | goli maar
| اريد ان اموت | أريد الموت | سأقتل نفسي | اقتل نفسي | سأنتحر | أريد أن أنتحر | لا أريد أن أعيش | أنهي حياتي
| سأقتلك | سأقتلكم | سنقتلكم | سيقتلني | سوف يقتلني | سأحرق نفسي | زرع قنبلة | سأفجر
"""
Stems = tuple[str, ...]


def _stems(text: str) -> Stems:
    """The words in their plainest form; English endings are cut, Devanagari and Arabic by their own rules."""
    return tuple(normalise.stem(word.folded, "en") for word in normalise.words(text))


def _by_first() -> dict[str, list[Stems]]:
    found: dict[str, list[Stems]] = {}
    for phrase in _PHRASES.split("|"):
        stems = _stems(phrase)
        found.setdefault(stems[0], []).append(stems)
    return found


PHRASES = _by_first()


class Danger(Screen):
    """Finds phrases in which somebody speaks of dying or killing now; whoever is on duty is told at once."""

    key = "danger"
    label = _("Danger to life")

    def look(self, text: str, context: Context) -> list[Finding]:
        words = list(normalise.words(joined(text)))
        stems = [normalise.stem(word.folded, "en") for word in words]
        found = []
        for at, stem in enumerate(stems):
            last = max((_ends(stems, at, phrase) for phrase in PHRASES.get(stem, ())), default=-1)
            if last >= 0:
                end = words[last + 1].start if last + 1 < len(words) else len(text)
                shown = text[words[at].start : end].rstrip()
                found.append(
                    Finding(
                        self.key,
                        _("Somebody's life may be in danger"),
                        words[at].start,
                        words[at].start + len(shown),
                    )
                )
        return found


def _ends(stems: list[str], at: int, phrase: Stems) -> int:
    """The place of the phrase's last word, when all of it stands from here on with small gaps; else -1."""
    for wanted in phrase[1:]:
        near = stems[at + 1 : at + 2 + GAP]
        if wanted not in near:
            return -1
        at += 1 + near.index(wanted)
    return at


screens.register(Danger())
