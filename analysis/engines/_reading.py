"""The voices of one language, read by scikit-learn, which takes a second to load: `themes` loads this when it reads."""

import warnings
from collections import defaultdict
from typing import Any

import numpy as np
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from threadpoolctl import threadpool_limits

from analysis.engines._copies import originals
from analysis.engines._vocabulary import Vocabulary
from analysis.engines.base import LABEL_TERMS, Coding, Theme, Voice, label_of
from analysis.engines.themes import (
    EMPTY,
    EXEMPLARS,
    FEW,
    FEWEST,
    PARAMETERS,
    READABLE,
    SEED,
    SHORT,
    SHOWN_TERMS,
    UNLIKE,
    how_many,
)


class Reading:
    """All voices of one language."""

    def __init__(self, language: str, voices: list[Voice]) -> None:
        self.language = language
        self.themes: list[Theme] = []
        self.codings: list[Coding] = []
        self.reasons: dict[int, str] = {}
        self.facts: dict[str, Any] = {"voices": len(voices), "texts": 0, "themes": 0, "converged": True}
        self._vocabulary = Vocabulary(language)
        senders = self._senders(voices)
        self.facts["texts"] = len(senders)
        if len(senders) < FEWEST:
            self._leave(senders, FEW)
        else:
            self._factorise(senders)

    def _senders(self, voices: list[Voice]) -> dict[tuple[str, ...], list[int]]:
        """Each different text, in an order of its own, with those who sent it or a near-copy of it."""
        texts: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for voice in voices:
            terms = self._vocabulary.terms(voice.text)
            if terms:
                texts[terms].append(voice.id)
            else:
                self.reasons[voice.id] = SHORT if voice.text.strip() else EMPTY
        ordered = sorted(texts)
        senders: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for terms, original in zip(ordered, originals(ordered), strict=True):
            senders[ordered[original]] += texts[terms]
        return dict(senders)

    def _leave(self, senders: dict[tuple[str, ...], list[int]], reason: str) -> None:
        for ids in senders.values():
            self.reasons.update(dict.fromkeys(ids, reason))

    def _factorise(self, senders: dict[tuple[str, ...], list[int]]) -> None:
        texts = list(senders)
        vectors, words = _tf_idf(texts)
        if len(words) < 2:
            self._leave(senders, UNLIKE)
            return
        of_texts, of_words, self.facts["converged"] = _nmf(vectors, min(how_many(len(texts)), len(words)))
        lengths = np.linalg.norm(of_words, axis=1)
        strength = of_texts * lengths
        share = strength / np.maximum(strength.sum(axis=1, keepdims=True), 1e-12)
        likeness = (vectors @ of_words.T) / np.maximum(lengths, 1e-12)
        strongest = np.argsort(-of_words, axis=1, kind="stable")[:, : PARAMETERS["words_of_a_theme"]]
        has_word = np.column_stack([(vectors[:, own] @ np.ones(len(own))) > 0 for own in strongest])
        fits = (share >= PARAMETERS["share"]) & (likeness >= PARAMETERS["likeness"]) & has_word
        self._write(senders, fits, share, likeness, self._names(of_words, words))
        self.facts["themes"] = len(self.themes)

    def _names(self, of_words: np.ndarray, words: np.ndarray) -> list[tuple[str, ...]]:
        """The most distinctive words of each theme: strong in it, and in it rather than in the others."""
        distinct = of_words * (of_words / np.maximum(of_words.sum(axis=0), 1e-12))
        order = np.argsort(-distinct, axis=1, kind="stable")[:, :SHOWN_TERMS]
        return [
            tuple(str(words[at]) for at in own if row[at] > 0)
            for own, row in zip(order, of_words, strict=True)
        ]

    def _write(
        self,
        senders: dict[tuple[str, ...], list[int]],
        fits: np.ndarray,
        share: np.ndarray,
        likeness: np.ndarray,
        names: list[tuple[str, ...]],
    ) -> None:
        keys = _keys(self.language, names)
        for at, ids in enumerate(senders.values()):
            own = [theme for theme in np.argsort(-share[at], kind="stable") if fits[at, theme]]
            fits[at, own[PARAMETERS["most_themes_of_a_voice"] :]] = False
            for theme in own[: PARAMETERS["most_themes_of_a_voice"]]:
                weight = round(float(share[at, theme]), 4)
                self.codings += [Coding(id_, keys[theme], weight) for id_ in ids]
            if not own:
                self.reasons.update(dict.fromkeys(ids, UNLIKE))
        self.codings.sort(key=lambda coding: (coding.voice_id, -coding.weight, coding.theme_key))
        sizes: dict[str, int] = defaultdict(int)
        for coding in self.codings:
            sizes[coding.theme_key] += 1
        for theme, (key, terms) in enumerate(zip(keys, names, strict=True)):
            if sizes[key]:
                written = tuple(self._vocabulary.as_written(term) for term in terms)
                closest = _closest(list(senders.items()), fits[:, theme], likeness[:, theme])
                self.themes.append(Theme(key, self.language, label_of(written), sizes[key], written, closest))


def _tf_idf(texts: list[tuple[str, ...]]) -> tuple[Any, np.ndarray]:
    """One row a text, of length 1; words that only one text has, or too many have, tell no theme."""
    fewest = 2 if len(texts) < 500 else 3
    of_all = "in_how_many_texts_at_most" if len(texts) >= 100 else "in_how_many_of_under_100_texts_at_most"
    most = max(fewest, int(PARAMETERS[of_all] * len(texts)))
    spread: dict[str, int] = defaultdict(int)
    for text in texts:
        for term in set(text):
            spread[term] += 1
    vocabulary = sorted(term for term, number in spread.items() if fewest <= number <= most)
    if not vocabulary:
        return None, np.array([])
    maker = TfidfVectorizer(analyzer=tuple, vocabulary=vocabulary, sublinear_tf=True)
    return maker.fit_transform(texts), np.array(vocabulary)


def _nmf(vectors: Any, themes: int) -> tuple[np.ndarray, np.ndarray, bool]:
    model = NMF(themes, init="nndsvda", random_state=SEED, max_iter=PARAMETERS["rounds"], tol=1e-4)
    with threadpool_limits(limits=1), warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", ConvergenceWarning)
        of_texts = model.fit_transform(vectors)
    return of_texts, model.components_, not said


def _keys(language: str, names: list[tuple[str, ...]]) -> list[str]:
    keys: list[str] = []
    for number, terms in enumerate(names, start=1):
        key = f"{language}:{'-'.join(terms[:LABEL_TERMS])}"
        keys.append(f"{key}-{number}" if key in keys else key)
    return keys


def _closest(
    texts: list[tuple[tuple[str, ...], list[int]]], fits: np.ndarray, likeness: np.ndarray
) -> tuple[int, ...]:
    """One sender of each of the texts closest to a theme; a text that says a little more than the word goes first."""
    order = sorted(
        np.flatnonzero(fits),
        key=lambda at: (len(texts[at][0]) < READABLE, -round(float(likeness[at]), 6), at),
    )
    return tuple(min(texts[at][1]) for at in order[:EXEMPLARS])
