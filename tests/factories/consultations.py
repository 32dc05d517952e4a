"""Consultations that were really approved by a second person and released, with what people said in them.

    row = released_consultation(title="Water at night", questions=[free_text("Why?"), ideas("What else?")])
    released_translation(row, "hi")
    answer = open_response(row, asha, texts={0: "Because."}).response
    idea = published_idea(row, ben, "A tap at the market")
    close(row)                      # as if the time had passed
    outcome = released_outcome(row, themes=[theme("Pressure", voices=[...], quotes=[...])])

Dates are given relative to now, because the database's own clock decides who may answer.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.text import slugify
from wagtail.models import Locale

from accounts.models import Agency, Person
from consultations.models import (
    AgencyPage,
    Consultation,
    ConsultationPage,
    Contribution,
    Outcome,
    OutcomePage,
    Phase,
    Question,
    Topic,
    TopicTitle,
)
from consultations.models.approved import KIND, ApprovedPage, words_sha256
from consultations.services import (
    DraftAnswer,
    Saying,
    Submitted,
    Terms,
    draft_outcome,
    ensure_languages,
    ensure_workflow,
    publish,
    submit,
)
from consultations.services import (
    code_of as code_of,
)
from consultations.services.agencies import _make_groups, _make_pages
from foundation import approvals, clock
from tests.factories import kept_rows
from tests.factories.questions import choice as choice
from tests.factories.questions import default_questions, phase
from tests.factories.questions import free_text as free_text
from tests.factories.questions import ideas as ideas
from tests.factories.questions import rating as rating
from tests.people import OURS, make_agency, person

HINDI = {
    "title": "रात में पानी",
    "summary": "नल का पानी किस समय आए, हमें बताइए।",
    "phase": "उत्तर देने के लिए खुला",
    "prompt": "प्रश्न",
}


def opened_agency(slug: str = OURS, languages: Sequence[str] = ("en", "hi")) -> Agency:
    """The agency of that slug with its pages in each language and the one workflow."""
    there = AgencyPage.objects.filter(agency__slug=slug, locale__language_code__in=languages)
    if there.count() == len(languages):
        return Agency.objects.get(slug=slug)
    kept_rows.again(f"agency {slug} {' '.join(languages)}", lambda: _open(slug, languages))
    return Agency.objects.get(slug=slug)


def _open(slug: str, languages: Sequence[str]) -> None:
    ensure_languages(list(languages))
    ensure_workflow()
    agency = make_agency(slug)
    if not AgencyPage.objects.filter(agency=agency).exists():
        pages = _make_pages(agency, {})
        _make_groups(agency, pages)


def draft_page(
    *,
    title: str = "Water at night",
    language: str = "en",
    questions: list[dict[str, Any]] | None = None,
    opens: timedelta = timedelta(days=-1),
    closes: timedelta = timedelta(days=14),
    agency: Agency | None = None,
    editor: Person | None = None,
    moderation: str = "before",
    summary: str = "When should water come to the taps? Tell us what suits you.",
    body: str = "<p>The new pipe is paid for. What is open is when it runs.</p>",
    answer_due: timedelta = timedelta(days=60),
    answered_by: str = "Anjali Deshmukh, Director of Supply",
    phases: list[dict[str, Any]] | None = None,
    topics: Sequence[str] = (),
    now: datetime | None = None,
) -> ConsultationPage:
    """A consultation's page as an editor saved it, not yet approved."""
    now = now or clock.now()
    agency = opened_agency(agency.slug if agency is not None else OURS)
    parent = AgencyPage.objects.get(agency=agency, locale__language_code=language)
    if phases is None:
        asked = default_questions() if questions is None else questions
        phases = [phase("Open for answers", now + opens, now + closes, asked)]
    page = ConsultationPage(
        title=title,
        slug=f"{slugify(title) or 'consultation'}-{uuid.uuid4().hex[:6]}",
        locale=parent.locale,
        summary=summary,
        body=body,
        answer_due_on=clock.day(now + answer_due),
        answered_by=answered_by,
        moderation=moderation,
        live=False,
    )
    page.phases = phases
    page.topics = [topic(slug) for slug in topics]
    parent.add_child(instance=page)
    page.save_revision(user=editor or person("esha", agency=agency))
    return page


def topic(slug: str = "water", **titles: str) -> Topic:
    """A topic, named like its slug, with names in other languages (`hi="पानी"`)."""
    found, _new = Topic.objects.get_or_create(slug=slug, defaults={"title": slug.capitalize()})
    for language, title in titles.items():
        TopicTitle.objects.update_or_create(topic=found, language=language, defaults={"title": title})
    return found


def approve_and_publish(
    page: ApprovedPage,
    *,
    editor: Person | None = None,
    approver: Person | None = None,
    now: datetime | None = None,
) -> None:
    """A second person approves the newest words of a page; they are released."""
    agency = page.asking_agency()
    editor = editor or person("esha", agency=agency)
    approver = approver or person("anil", agency=agency)
    revision = page.get_latest_revision()
    approvals.approve(
        KIND,
        page.approval_thing,
        sha256=words_sha256(revision.content),
        submitted_by=editor.pk,
        approved_by=approver.pk,
        now=now or clock.now(),
    )
    page.publish(revision, user=approver)


def released_consultation(*, approver: Person | None = None, **how: Any) -> Consultation:
    """A consultation that two people released. `how` as for `draft_page` (title, questions, opens, closes …)."""

    def make() -> uuid.UUID:
        page = draft_page(**how)
        approve_and_publish(page, editor=how.get("editor"), approver=approver)
        return page.translation_key

    soon = any(isinstance(value, timedelta) and abs(value) < timedelta(hours=1) for value in how.values())
    name = kept_rows.named("consultation", {"approver": approver, **how})
    return Consultation.objects.get(translation_key=make() if soon else kept_rows.again(name, make))


def edited(
    consultation: Consultation, *, language: str = "", editor: Person | None = None, **changes: Any
) -> ConsultationPage:
    """The page with some fields changed and released again, by the same two people."""
    page = ConsultationPage.objects.get(
        translation_key=consultation.translation_key,
        locale__language_code=language or consultation.language,
    )
    page = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(user=editor or person("esha", agency=page.asking_agency()), clean=True)
    approve_and_publish(page, editor=editor)
    return page


def released_translation(
    consultation: Consultation, language: str = "hi", words: dict[str, str] | None = None
) -> ConsultationPage:
    """The consultation's page in another language, with words of its own and the same identities, released."""
    words = {**HINDI, **(words or {})}
    opened_agency(consultation.agency.slug)
    locale = Locale.objects.get(language_code=language)
    page = consultation.page.specific.copy_for_translation(locale)
    page.title, page.summary, page.body = words["title"], words["summary"], f"<p>{words['summary']}</p>"
    raw = [dict(item) for item in page.phases.raw_data]
    for item in raw:
        item["value"] = {**item["value"], "title": words["phase"]}
        item["value"]["questions"] = [
            {**asked, "value": _translated(asked["value"], f"{words['prompt']} {number}")}
            for number, asked in enumerate(item["value"]["questions"], start=1)
        ]
    page.phases = raw
    page.save_revision(user=person("esha", agency=consultation.agency))
    approve_and_publish(page)
    return page


def _translated(value: dict[str, Any], prompt: str) -> dict[str, Any]:
    found = {**value, "prompt": prompt}
    if "options" in value:
        found["options"] = [
            {**option, "value": f"{prompt}.{number}"}
            for number, option in enumerate(value["options"], start=1)
        ]
    return found


def questions_of(consultation: Consultation) -> list[Question]:
    """The questions that stand, in order."""
    return list(
        consultation.questions.filter(retired_at__isnull=True).select_related("phase", "consultation")
    )


def open_response(
    consultation: Consultation,
    somebody: Person,
    *,
    texts: dict[int, str] | None = None,
    answers: dict[int, Any] | None = None,
    now: datetime | None = None,
    channel: str = "web",
    form: str = "",
    **terms: Any,
) -> Submitted:
    """What somebody answered. `texts` and `answers` by the position of the question; the first one by default."""
    asked = questions_of(consultation)
    if texts is None and answers is None:
        texts = {0: "The pressure at night is too low."}
    said = [Saying(text=text, question=asked[at]) for at, text in (texts or {}).items()]
    said += [Saying(answer=answer, question=asked[at]) for at, answer in (answers or {}).items()]
    return submit(
        consultation,
        sayings=said,
        person=somebody,
        now=now or clock.now(),
        form=form or f"phase:{asked[0].phase_id}",
        terms=Terms(**{"language": consultation.language, **terms}),
        channel=channel,
    )


def open_idea(
    consultation: Consultation,
    somebody: Person,
    text: str = "A tap at the market",
    *,
    now: datetime | None = None,
    **terms: Any,
) -> Contribution:
    """An idea as it came in, waiting for a moderator (unless the consultation shows at once)."""
    question = next(asked for asked in questions_of(consultation) if asked.instrument == "ideas")
    came = submit(
        consultation,
        sayings=[Saying(text=text, question=question, kind=Contribution.Kind.IDEA)],
        person=somebody,
        now=now or clock.now(),
        terms=Terms(**{"language": consultation.language, **terms}),
    )
    return came.response.contributions.get()


def published_idea(
    consultation: Consultation, somebody: Person, text: str = "A tap at the market", **more: Any
) -> Contribution:
    """An idea that everybody can read."""
    return publish(open_idea(consultation, somebody, text, **more), by=None, now=clock.now())


def published_comment(
    parent: Contribution, somebody: Person, text: str = "Yes, near the gate.", *, now: datetime | None = None
) -> Contribution:
    """A comment below a contribution that everybody can read."""
    came = submit(
        parent.consultation,
        sayings=[Saying(text=text, kind=Contribution.Kind.COMMENT, parent=parent, question=None)],
        person=somebody,
        now=now or clock.now(),
        terms=Terms(language=parent.language),
    )
    return publish(came.response.contributions.get(), by=None, now=clock.now())


def close(consultation: Consultation, *, ago: timedelta = timedelta(minutes=1)) -> Consultation:
    """As if the time had passed: it closed that long ago."""
    at = clock.now() - ago
    opens = min(consultation.opens_at, at - timedelta(days=30))
    Phase.objects.filter(consultation=consultation).update(opens_at=opens, closes_at=at)
    Consultation.objects.filter(pk=consultation.pk).update(opens_at=opens, closes_at=at, first_closes_at=at)
    consultation.refresh_from_db()
    return consultation


def theme(
    label: str = "The pressure at night is low",
    *,
    voices: Sequence[Contribution] = (),
    quotes: Sequence[Contribution] = (),
    summary: str = "Many said that nothing comes out of the tap after ten.",
) -> DraftAnswer:
    """A theme as the analysis hands it down."""
    return DraftAnswer(
        key=uuid.uuid4(),
        label=label,
        summary=summary,
        quotes=[voice.key for voice in quotes],
        voices=[(voice.pk, 1.0) for voice in voices],
    )


def drafted_outcome(
    consultation: Consultation,
    *,
    themes: Sequence[DraftAnswer] = (),
    figures: Sequence[str] = ("responses", "participants"),
    now: datetime | None = None,
) -> OutcomePage:
    """An outcome as analysis leaves it: no decision in it."""
    lata = person("lata", agency=consultation.agency)
    return draft_outcome(consultation, by=lata, answers=themes, figure_keys=figures, now=now or clock.now())


def released_outcome(
    consultation: Consultation,
    *,
    themes: Sequence[DraftAnswer] = (),
    figures: Sequence[str] = ("responses", "participants"),
    decision: str = "<p>From May the pumps run all night.</p>",
    said: str = "Most of you need water after ten at night.",
    decided_by: str = "Anjali Deshmukh, Director of Supply",
    answer: str = "We heard you: the second pump runs from ten to five.",
    promises: Sequence[dict[str, Any]] = (),
) -> Outcome:
    """An outcome whose decision an officer wrote and a second person released; the consultation must be closed."""
    page = drafted_outcome(consultation, themes=themes, figures=figures)
    page = page.get_latest_revision_as_object()
    page.said, page.decision, page.decided_by = said, decision, decided_by
    page.themes = [{**item, "value": {**item["value"], "answer": answer}} for item in page.themes.raw_data]
    page.promises = [
        {"type": "promise", "id": str(uuid.uuid4()), "value": {"state": "promised", "reason": "", **promise}}
        for promise in promises
    ]
    esha = person("esha", agency=consultation.agency)
    page.save_revision(user=esha)
    approve_and_publish(page)
    consultation.refresh_from_db()
    return Outcome.objects.get(translation_key=page.translation_key)
