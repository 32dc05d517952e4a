"""What search hears: each announcement only says what to ask again, so one that is lost or repeated does no harm."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from accounts.models import Person
from accounts.signals import person_erased
from consultations.models import Batch, Consultation, ConsultationPage, Contribution, Outcome, OutcomePage
from consultations.signals import (
    batch_taken_in,
    consultation_announced,
    consultation_closed,
    consultation_withdrawn,
    contribution_published,
    contribution_rejected,
    contribution_withdrawn,
    outcome_published,
)
from foundation import clock
from search import services


@receiver(contribution_published, dispatch_uid="search.contribution_published")
@receiver(contribution_rejected, dispatch_uid="search.contribution_rejected")
@receiver(contribution_withdrawn, dispatch_uid="search.contribution_withdrawn")
def on_contribution(contribution: Contribution, **_facts: Any) -> None:
    """One contribution may be read now, or no longer."""
    services.index("contribution", [contribution.pk], now=clock.now())


@receiver(consultation_announced, dispatch_uid="search.consultation_announced")
@receiver(consultation_closed, dispatch_uid="search.consultation_closed")
@receiver(consultation_withdrawn, dispatch_uid="search.consultation_withdrawn")
def on_consultation(consultation: Consultation, **_facts: Any) -> None:
    """Its pages, and its contributions: some may be read only once it is closed, none once it is withdrawn."""
    now = clock.now()
    pages = ConsultationPage.objects.filter(translation_key=consultation.translation_key)
    services.index("consultation", pages.values_list("pk", flat=True), now=now)
    said = Contribution.objects.filter(consultation=consultation)
    services.index("contribution", said.values_list("pk", flat=True).iterator(), now=now)


@receiver(outcome_published, dispatch_uid="search.outcome_published")
def on_outcome(outcome: Outcome, **_facts: Any) -> None:
    """The answer, in each language in which it stands."""
    pages = OutcomePage.objects.filter(translation_key=outcome.translation_key)
    services.index("outcome", pages.values_list("pk", flat=True), now=clock.now())


@receiver(batch_taken_in, dispatch_uid="search.batch_taken_in")
def on_batch(batch: Batch, **_facts: Any) -> None:
    """Everything of a batch at once."""
    said = Contribution.objects.filter(response__batch=batch)
    services.index("contribution", said.values_list("pk", flat=True).iterator(), now=clock.now())


@receiver(person_erased, dispatch_uid="search.person_erased")
def on_person_erased(person: Person, **_facts: Any) -> None:
    """In the same transaction as the erasure, before the link to their words is cut."""
    said = Contribution.objects.filter(participant__person=person)
    services.remove("contribution", said.values_list("pk", flat=True), thoroughly=True)


@receiver(page_published, dispatch_uid="search.page_published")
@receiver(page_unpublished, dispatch_uid="search.page_unpublished")
@receiver(page_slug_changed, dispatch_uid="search.page_slug_changed")
@receiver(post_page_move, dispatch_uid="search.page_moved")
def on_page(instance: Page, **_facts: Any) -> None:
    """A page of any room, once it is certain: its own source decides whether it can be found."""
    source = {ConsultationPage: "consultation", OutcomePage: "outcome"}.get(type(instance), "page")
    transaction.on_commit(lambda: services.index(source, [instance.pk], now=clock.now()), robust=True)
