"""Asking: the pages of a consultation in two languages, and their second version where one closed early."""

from typing import Any

from wagtail.models import Locale

from accounts.roles import Role
from consultations.models import AgencyPage, Consultation, ConsultationPage
from portal.demo import pages_en, pages_hi
from portal.demo.approve import release, send
from portal.demo.plan import Ask, Plan, key_of
from portal.demo.town import Town

WORDS = {"en": pages_en.CONSULTATIONS, "hi": pages_hi.CONSULTATIONS}
SOON = 0.1
"""Where the close was moved to an earlier day, it was first announced for so many days from now."""


def ask(town: Town, plan: Plan) -> Consultation:
    """Releases the consultation in English and Hindi, open or announced, so that people can answer."""
    parent = AgencyPage.objects.get(agency=town.agencies[plan.agency], locale__language_code="en")
    words = WORDS["en"][plan.key]
    page = ConsultationPage(
        translation_key=key_of(plan.key),
        locale=parent.locale,
        slug=words["slug"],
        answer_due_on=town.day(plan.answer).date(),
        moderation=plan.moderation,
        live=False,
        **_texts(words),
        **{"phases": [_phase(town, plan, words, closes=SOON if plan.closed_early else plan.closes)]},
    )
    parent.add_child(instance=page)
    page = _release(town, plan, page)
    hindi = page.copy_for_translation(Locale.objects.get(language_code="hi")).specific
    _reword(hindi, plan, WORDS["hi"][plan.key])
    _release(town, plan, hindi)
    town.consultations[plan.key] = Consultation.objects.get(translation_key=page.translation_key)
    return town.consultations[plan.key]


def close_early(town: Town, plan: Plan) -> None:
    """Releases a second version with an earlier close and the reason for it."""
    for language, words in WORDS.items():
        row = ConsultationPage.objects.get(translation_key=key_of(plan.key), locale__language_code=language)
        page = row.get_latest_revision_as_object()
        page.body += words[plan.key]["early"]
        page.phases = [
            {**item, "value": {**item["value"], "closes_at": town.day(plan.closes).isoformat()}}
            for item in page.phases.raw_data
        ]
        _release(town, plan, page)
    town.consultations[plan.key].refresh_from_db()


def mend(town: Town, plan: Plan) -> None:
    """An editor adds a sentence; it waits for a second person, and what stands stays as it is."""
    row = ConsultationPage.objects.get(translation_key=key_of(plan.key), locale__language_code="en")
    page = row.get_latest_revision_as_object()
    page.body += WORDS["en"][plan.key]["mended"]
    send(page, editor=town.who(plan.agency, Role.EDITOR))
    town.step(page.title)


def _release(town: Town, plan: Plan, page: ConsultationPage) -> ConsultationPage:
    editor, approver = town.who(plan.agency, Role.EDITOR), town.who(plan.agency, Role.APPROVER)
    released = release(page, editor=editor, approver=approver)
    town.step(released.title)
    return released


def _texts(words: dict[str, Any]) -> dict[str, str]:
    return {name: words[name] for name in ("title", "summary", "body", "answered_by")}


def _phase(town: Town, plan: Plan, words: dict[str, Any], *, closes: float) -> dict[str, Any]:
    value = {
        "title": words["phase"],
        "opens_at": town.day(plan.opens).isoformat(),
        "closes_at": town.day(closes).isoformat(),
        "questions": [_question(plan, asked, words["questions"][asked.key]) for asked in plan.asks],
    }
    return {"type": "phase", "id": str(key_of(plan.key, "phase")), "value": value}


def _question(plan: Plan, asked: Ask, words: dict[str, Any]) -> dict[str, Any]:
    value = {
        "required": False,
        "visibility": asked.visibility,
        **asked.settings,
        **_question_words(plan, asked, words),
    }
    return {"type": asked.instrument, "id": str(key_of(plan.key, asked.key)), "value": value}


def _question_words(plan: Plan, asked: Ask, words: dict[str, Any]) -> dict[str, Any]:
    said = {name: text for name, text in words.items() if name != "options"}
    if asked.options:
        said["options"] = [
            {"type": "item", "id": option_id(plan, asked, option), "value": words["options"][option]}
            for option in asked.options
        ]
    return said


def option_id(plan: Plan, asked: Ask, option: str) -> str:
    """The identity of an option, which answers keep instead of its words."""
    return str(key_of(plan.key, asked.key, option))


def _reword(page: Any, plan: Plan, words: dict[str, Any]) -> None:
    """Puts the words of another language into the same structure."""
    for name, text in _texts(words).items():
        setattr(page, name, text)
    raw = [dict(item) for item in page.phases.raw_data]
    asks = {str(key_of(plan.key, asked.key)): asked for asked in plan.asks}
    for phase in raw:
        questions = []
        for item in phase["value"]["questions"]:
            asked = asks[item["id"]]
            questions.append(
                {
                    **item,
                    "value": {**item["value"], **_question_words(plan, asked, words["questions"][asked.key])},
                }
            )
        phase["value"] = {**phase["value"], "title": words["phase"], "questions": questions}
    page.phases = raw
