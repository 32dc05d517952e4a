"""Words leave themes with the last one who said them; counts and readings stay as they were."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Person
from analysis.engines import label_of, still_written
from analysis.models import ReadBack, Run, Theme
from consultations.models import Consultation, Contribution

LONGEST_LABEL = 200


def forget(person: Person) -> None:
    """Takes from all themes the words that nobody but this person said; what a machine named is named anew.

    Whether they were read rightly stays as a yes or no without words.

    In the caller's transaction, before the hall cuts the link to the person's words. What staff wrote stays.
    """
    ReadBack.objects.filter(response__participant__person=person).update(words="", answer="")
    theirs = Contribution.objects.filter(participant__person=person).values("consultation")
    for consultation in _held(Consultation.objects.filter(pk__in=theirs)):
        _prune(
            Theme.objects.filter(run__consultation=consultation),
            spoken(consultation).exclude(participant__person=person),
        )


def look_again(run: Run, read: Iterable[int]) -> None:
    """Prunes a run's new themes when one of the voices that it read is gone meanwhile.

    In the transaction that wrote them; until its end nobody is erased who spoke in this consultation.
    """
    consultation = _held(Consultation.objects.filter(pk=run.consultation_id)).get()
    standing = spoken(consultation)
    if not set(read) <= set(standing.values_list("pk", flat=True)):
        _prune(run.themes.all(), standing)


def spoken(consultation: Consultation) -> QuerySet[Contribution]:
    """The words that an engine may read."""
    return Contribution.objects.readable().filter(consultation=consultation).exclude(text="")


def _held(consultations: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """Held until the transaction ends, so that an erasure and the end of a run wait for each other."""
    return consultations.select_for_update(no_key=True).order_by("pk")


def _prune(themes: QuerySet[Theme], words: QuerySet[Contribution]) -> None:
    by_language: dict[str, list[Theme]] = {}
    for theme in themes.order_by("pk"):
        by_language.setdefault(theme.language, []).append(theme)
    for language, found in by_language.items():
        spoken_in_it = Q(language__iexact=language) | Q(language__istartswith=f"{language}-")
        texts = words.filter(spoken_in_it).order_by("pk").values_list("text", flat=True)
        terms = {term for theme in found for term in theme.terms}
        kept = still_written(sorted(terms), texts.iterator(chunk_size=500), language)
        for theme in found:
            _keep(theme, list(dict.fromkeys(kept[term] for term in theme.terms if term in kept)))


def _keep(theme: Theme, terms: list[str]) -> None:
    if terms == theme.terms:
        return
    # Whoever saved the machine's name as it stood has not written one.
    if not theme.named_by_person or theme.label == label_of(theme.terms)[:LONGEST_LABEL]:
        theme.label = label_of(terms)[:LONGEST_LABEL] or _without_words(theme)
    theme.terms = terms
    theme.save(update_fields=["label", "terms"])


def _without_words(theme: Theme) -> str:
    with translation.override(theme.language):
        return _("Theme %(number)d") % {"number": theme.position + 1}
