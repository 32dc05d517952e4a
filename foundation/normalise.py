"""Words in their plainest form: one way for everything that is compared, found or grouped, on both databases.

Width, case, accents, Arabic vowel signs, Devanagari dots, digits of other scripts and grammatical endings do not
matter. Nothing here is ever shown to anybody.

Endings are cut by snowball after folding, so that "ecoles" and "écoles" are one. Arabic has light10 (Larkey,
Ballesteros and Connell 2002, as in Lucene's ArabicStemmer) instead: snowball's Arabic keeps مدينه, المدينه and
والمدينة apart.
"""

import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import regex
import snowballstemmer

LONGEST_WORD = 64
ALGORITHMS = {
    "ca": "catalan", "de": "german", "en": "english", "es": "spanish", "fr": "french", "hi": "hindi",
    "id": "indonesian", "it": "italian", "ne": "nepali", "nl": "dutch", "pt": "portuguese", "ru": "russian",
    "ta": "tamil",
}  # fmt: skip
STOP_WORDS_AS_WRITTEN = {
    "en": """a about above after again against all also am an and any are aren't as at be because been before being
        below between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during
        each etc even ever every few for from further get gets getting had hadn't has hasn't have haven't having he her
        here hers herself him himself his how however i i'd i'll i'm i've if in into is isn't it it's its itself just
        let like lot lots made make makes making many may me might more most much must my myself need needs no nor not
        of off on once one only or other our ours ourselves out over own per please really same shall she should
        shouldn't so some such than that that's the their theirs them themselves then there there's these they
        they're this those through to too under until up upon us very via was wasn't way we we're were weren't what
        when where whether which while who whom whose why will with within without won't would wouldn't yes yet you
        your yours yourself yourselves""",
    "hi": """अगर अत अपना अपनी अपने अब अभी आदि आप आपका आपकी आपके इत्यादि इन इनका इनकी इनके इन्हें इस इसका इसकी इसके इसमें
        इससे इसलिए इसी इसे उन उनका उनकी उनके उन्हें उस उसका उसकी उसके उसे एक ऐसा ऐसी ऐसे और कई कभी कर करता करते करना करने
        करनी करके करें कि किन किया किस किसी की कुछ के को कोई कौन क्या क्यों का गई गए गया चाहिए जब जहाँ जा जाए जाता जाती जाते
        जाना जाने जिन जिस जिसका जिसके जिसे जैसा जैसी जैसे जो तक तथा तब तरह तो था थी थे दिया दी द्वारा न नहीं ना ने पर परन्तु
        फिर बहुत बात बाद बिना भी मगर मत में मेरा मेरी मेरे मैं यदि यह यहाँ या ये रहा रही रहे लिए लिये लेकिन व वह वहाँ वाला
        वाली वाले वे सकता सकती सकते सब सबसे सभी साथ से सा सी हम हमारा हमारी हमारे हमें हर ही हुआ हुई हुए हूँ है हैं हो होता
        होती होते होना होनी होने""",
    "ar": """ا ان انا انت انه انها اذا اي او اول الا الى التي الذي الذين الذى الان اما امام ايضا ب بعد بعض بل بها بهذا به
        بين بدون تم تكون ثم جدا جميع حتى حول حيث حين خلال دون ذلك سوف سوى ضد عبر عدم على عليه عليها عن عند عنه عنها غير ف
        فقط في فيه فيها قبل قد ك كان كانت كل كما كي كيف ل لا لان لدى لدينا لقد لكل لكن لم لماذا لن لنا له لها لهم ليس ليست
        ما ماذا متى مثل مع معه من منذ منه منها نحن هذا هذه هل هم هنا هناك هو هي و وان وفي وقد ولا ولكن ولم وما ومن وهذا وهو
        وهي يا يتم يجب يكون يمكن""",
    "es": """a al algo algunas algunos alli ante antes aquel aquella aqui asi aun aunque cada como con contra cual cuales
        cuando de debe deben del desde donde dos durante e el ella ellas ello ellos en entre era eran es esa esas ese eso
        esos esta estaba estan estar estas este esto estos estoy fin fue fueron ha haber habia hace hacer hacia han hasta
        hay haya incluso la las le les lo los mas me mediante mi mis mismo mucha muchas mucho muchos muy nada ni no nos
        nosotros nuestra nuestro o os otra otras otro otros para pero poco por porque pues puede pueden que quien quienes
        se sea sean segun ser si sin sino sobre solo son su sus tal tambien tan tanto te tener tiene tienen toda todas
        todo todos tu tus un una unas uno unos vez y ya yo""",
    "fr": """a afin ai ainsi alors apres as au aucun aucune aussi autre autres aux avant avec avoir beaucoup bien ca car
        ce ceci cela celle celles celui ces cet cette ceux chaque chez comme comment d dans de depuis des donc dont du
        elle elles en encore entre est et etait etaient ete etre eu eux faire fait faut fois font hors ici il ils j je
        jusqu l la le les leur leurs lors lui m ma mais me meme memes mes moi moins mon n ne ni non nos notre nous on ont
        ou par parce pas pendant peu peut peuvent plus pour pourquoi quand que quel quelle quelles quels qu qui quoi s sa
        sans se sera seront ses si sinon soit son sont sous sur t ta tant te tel telle tels tes toi ton tous tout toute
        toutes tres trop tu un une vers via voire vos votre vous y""",
}  # fmt: skip
"""Words that carry no subject. Our own short lists; they are folded like everything else."""


class Word(NamedTuple):
    """A word of a text: where it stands there, and how it reads when folded."""

    start: int
    end: int
    folded: str


_IN_WORD = r"[\p{L}\p{N}\p{M}\p{Co}]"
_UNSEEN = r"\u00ad\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_WORD = regex.compile(rf"{_IN_WORD}+(?:['’ʼ＇{_UNSEEN}]+{_IN_WORD}+)*")
_MARKS = regex.compile(
    r"[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
    rf"\u06ea-\u06ed\u093c\u09bc\u0a3c\u0abc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f{_UNSEEN}]"
)
_NOT_IN_WORD = regex.compile(r"[^\p{L}\p{N}\p{M}\p{Co}']")
_SAME = str.maketrans(
    {"’": "'", "ʼ": "'", "＇": "'", "ى": "ي", "ی": "ي", "ة": "ه", "ۀ": "ه", "ٱ": "ا", "ک": "ك", "ँ": "ं",
     "œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i"}
    | {chr(zero + digit): str(digit) for digit in range(10)
       for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66)}
)  # fmt: skip
# हिन्दी and हिंदी, सम्पर्क and संपर्क: a nasal before a stop of its own place is written either way.
_NASAL = regex.compile("ङ्(?=[क-घ])|ञ्(?=[च-झ])|ण्(?=[ट-ढ])|न्(?=[त-ध])|म्(?=[प-भ])")
_ELISION = regex.compile(r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'+(?=.)")
_ARABIC = regex.compile(r"\p{Script=Arabic}")
_DEVANAGARI = regex.compile(r"\p{Script=Devanagari}")
_ARABIC_BEGINNINGS = ("وال", "بال", "كال", "فال", "ال", "لل")
_ARABIC_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_here = threading.local()


def words(text: str) -> Iterator[Word]:
    """The words of a text in order, folded, each with its place in the text as it was given."""
    for match in _WORD.finditer(text):
        folded = fold(match[0])[:LONGEST_WORD]
        if folded:
            yield Word(match.start(), match.end(), folded)


def fold(word: str) -> str:
    """A word without width, case, accents, vowel signs and dots; its ending stays."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    plain = unicodedata.normalize("NFC", _MARKS.sub("", plain)).translate(_SAME)
    return _NOT_IN_WORD.sub("", _NASAL.sub("ं", plain))


def stem(folded: str, language: str) -> str:
    """A folded word without its grammatical ending; the script decides where the language cannot be right."""
    return _stem(folded, language.lower().replace("_", "-").split("-")[0])


def terms(text: str, language: str) -> list[str]:
    """The words of a text as an index keeps them, in order and each time that they stand there."""
    return [term for word in words(text) if (term := stem(word.folded, language))]


def normal(text: str, language: str) -> str:
    """What a shadow column holds: the terms of a text, between spaces."""
    return " ".join(terms(text, language))


def variants(folded: str, languages: Iterable[str]) -> frozenset[str]:
    """Every term that a folded word could be in an index of texts in these languages."""
    return frozenset(term for language in languages if (term := stem(folded, language)))


def is_stop(folded: str, language: str) -> bool:
    """Is this a word that carries no subject, in its language?"""
    return folded in STOP_WORDS.get(language.lower().split("-")[0], frozenset())


@lru_cache(maxsize=100_000)
def _stem(folded: str, language: str) -> str:
    bare = folded.replace("'", "")
    if _ARABIC.search(bare):
        return bare if language in ("fa", "ps", "sd", "ug", "ur") else _light10(bare)
    if _DEVANAGARI.search(bare):
        return _snowball(bare, "nepali" if language == "ne" else "hindi")
    elided = _ELISION.match(folded) if language in ("ca", "fr", "it") else None
    word = folded[elided.end() :] if elided else folded
    word = word.removesuffix("'s").replace("'", "")
    return _snowball(
        word, ALGORITHMS["en"] if language in ("ar", "hi", "ne") else ALGORITHMS.get(language, "")
    )


def _snowball(word: str, algorithm: str) -> str:
    if not algorithm:
        return word
    # A stemmer keeps the word that it works on, so each thread has its own.
    stemmers = _here.__dict__
    if algorithm not in stemmers:
        stemmers[algorithm] = snowballstemmer.stemmer(algorithm)
    found = str(stemmers[algorithm].stemWord(word))
    return found if len(found) > 1 else word


def _light10(word: str) -> str:
    beginning = next((b for b in _ARABIC_BEGINNINGS if word.startswith(b) and len(word) >= len(b) + 2), "")
    if not beginning and word.startswith("و") and len(word) >= 4:
        beginning = "و"
    word = word.removeprefix(beginning)
    for ending in _ARABIC_ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + 2:
            word = word.removesuffix(ending)
    return word


STOP_WORDS = {
    language: frozenset(fold(word) for word in written.split())
    for language, written in STOP_WORDS_AS_WRITTEN.items()
}
