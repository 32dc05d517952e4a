"""A text as its subject words: without stop words and endings, with the way that people wrote each."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from foundation.normalise import fold, is_stop, stem, words

SHORTEST_LATIN = 3
WISHES_AS_WRITTEN = {
    "en": """able already always amount anything asap bad best better big bring come consider continue definitely enough
        everyone everything excellent extremely feel fix give go going good great happy hard hate help helpful horrible
        hope improve improved improvement improvements improving increase issue issues job keep keeping know less little
        long look love many nice nothing often people poor pretty problem problems provide put quit right see situation
        solution someone something stop stopped sure take terrible thank thanks thing things think totally try trying
        use used want well went wish work working works worse worst year years""",
    "hi": """अच्छा अच्छी अच्छे बेहतर खराब समस्या समस्याएं लोग लोगों काम कृपया धन्यवाद सुधार बढ़ाना ज्यादा अधिक बहुत जरूरत जरूरी देना बंद
        मदद सही ठीक चीज चीजें चाहते चाहता साल वर्ष""",
    "ar": """افضل احسن جيد جيدة سيء سيئة مشكلة مشاكل المشكلة الناس شكرا تحسين زيادة نريد اريد نحتاج احتاج مساعدة شيء اشياء
        عمل سنة سنوات كثير كثيرة قليل اكثر الرجاء رجاء""",
    "es": """bien buen buena bueno cosa cosas creo dar gente gracias gran grande gustaria hacer malo mala mejor mejora
        mejorar mejoras mucha necesario necesita peor persona personas poder poner problema problemas propongo propuesta
        quiero ser solucion tema""",
    "fr": """aller ameliorer amelioration beau besoin bon bonne bonnes chose choses dire donner falloir gens grand grande
        mal mauvais merci mettre mieux necessaire personne personnes pire pouvoir prendre probleme problemes propose
        question rendre simple trouver vouloir""",
}  # fmt: skip
"""Words that say that something is wanted or wrong, and not what: they would make themes of their own."""
WISHES = {
    language: frozenset(stem(fold(word), language) for word in written.split())
    for language, written in WISHES_AS_WRITTEN.items()
}


class Vocabulary:
    """Turns texts of one language into terms, and remembers how each term is written most often."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._wishes = WISHES.get(language, frozenset())
        self._written: dict[str, Counter[str]] = defaultdict(Counter)

    def terms(self, text: str) -> tuple[str, ...]:
        """The subject words of a text, in order, without their endings."""
        found = []
        for word in words(text):
            if word.folded.isdigit() or is_stop(word.folded, self.language):
                continue
            term = stem(word.folded, self.language)
            if len(term) < (SHORTEST_LATIN if term.isascii() else 2) or term in self._wishes:
                continue
            self._written[term][text[word.start : word.end].lower()] += 1
            found.append(term)
        return tuple(found)

    def ways(self, term: str) -> Counter[str]:
        """How often a term was written in which way; empty for one that nobody wrote."""
        return self._written.get(term, Counter())

    def as_written(self, term: str) -> str:
        """The most frequent way of writing a term; of equals the shortest, then the first in the alphabet."""
        ways: Iterable[tuple[str, int]] = self._written[term].items()
        return min(ways, key=lambda way: (-way[1], len(way[0]), way[0]), default=(term, 0))[0]


def still_written(words: Iterable[str], texts: Iterable[str], language: str) -> dict[str, str]:
    """Those of a theme's words that stand in one of the texts, each in the way in which the texts write it.

    Reads on only until each word was met just as it is written.
    """
    asked, said = Vocabulary(language), Vocabulary(language)
    sought = {word: term for word in words for term in asked.terms(word)[:1]}
    unmet = set(sought)
    for text in texts if unmet else ():
        told = set(said.terms(text))
        unmet -= {word for word in unmet if sought[word] in told and word in said.ways(sought[word])}
        if not unmet:
            break
    return {
        word: said.as_written(term) if word in unmet else word
        for word, term in sought.items()
        if said.ways(term)
    }
