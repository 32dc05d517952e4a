"""Asking: the pages of a consultation in two languages, and their second version where one closed early."""

from typing import Any

from wagtail.models import Locale

from accounts.roles import Role
from consultations.models import AgencyPage, Consultation, ConsultationPage, Topic
from foundation import clock
from portal.demo import reading
from portal.demo.approve import release, send
from portal.demo.plan import Ask, Plan, key_of
from portal.demo.town import Town


def ask(town: Town, plan: Plan) -> None:
    """Releases the consultation in English and Hindi, open or announced, so that people can answer."""
    page = _draft(town, plan)
    page = _release(town, plan, page)
    hindi = page.copy_for_translation(Locale.objects.get(language_code="hi")).specific
    _reword(hindi, plan, reading.page(plan.key)["hi"])
    _release(town, plan, hindi)
    town.consultations[plan.key] = Consultation.objects.get(translation_key=page.translation_key)


def leave_as_draft(town: Town, plan: Plan) -> None:
    """An editor has begun a page; nobody else has read it yet."""
    _draft(town, plan).save_revision(user=town.who(plan.agency, Role.EDITOR), clean=True)


def close_early(town: Town, plan: Plan) -> None:
    """Releases a second version with an earlier close and the reason for it."""
    for language in ("en", "hi"):
        page = _latest(plan, language)
        page.body += reading.page(plan.key)[language]["early"]
        page.phases = [
            {**item, "value": {**item["value"], "closes_at": town.day(plan.closes).isoformat()}}
            for item in page.phases.raw_data
        ]
        _release(town, plan, page)
    town.consultations[plan.key].refresh_from_db()


def mend(town: Town, plan: Plan) -> None:
    """An editor adds a sentence; it waits for a second person, and what stands stays as it is."""
    page = _latest(plan, "en")
    page.body += reading.page(plan.key)["en"]["mended"]
    send(page, editor=town.who(plan.agency, Role.EDITOR))


def option_id(plan: Plan, asked: Ask, option: str) -> str:
    """The identity of an option, which answers keep instead of its words."""
    return str(key_of(plan.key, asked.key, option))


def _draft(town: Town, plan: Plan) -> ConsultationPage:
    parent = AgencyPage.objects.get(agency=town.agencies[plan.agency], locale__language_code="en")
    words = reading.page(plan.key)["en"]
    page = ConsultationPage(
        translation_key=key_of(plan.key),
        locale=parent.locale,
        slug=words["slug"],
        answer_due_on=clock.day(town.day(plan.answer)),
        moderation=plan.moderation,
        live=False,
        **_texts(words),
        **{"phases": [_phase(town, plan, words)]},
    )
    page.topics = list(Topic.objects.filter(slug__in=plan.topics))
    parent.add_child(instance=page)
    return page


def _latest(plan: Plan, language: str) -> Any:
    row = ConsultationPage.objects.get(translation_key=key_of(plan.key), locale__language_code=language)
    return row.get_latest_revision_as_object()


def _release(town: Town, plan: Plan, page: ConsultationPage) -> ConsultationPage:
    editor, approver = town.who(plan.agency, Role.EDITOR), town.who(plan.agency, Role.APPROVER)
    return release(page, editor=editor, approver=approver)


def _texts(words: dict[str, Any]) -> dict[str, str]:
    return {name: words[name] for name in ("title", "summary", "body", "answered_by")}


def _phase(town: Town, plan: Plan, words: dict[str, Any]) -> dict[str, Any]:
    closes = plan.closes if plan.first_closes is None else plan.first_closes
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
            said = _question_words(plan, asked, words["questions"][asked.key])
            questions.append({**item, "value": {**item["value"], **said}})
        phase["value"] = {**phase["value"], "title": words["phase"], "questions": questions}
    page.phases = raw
