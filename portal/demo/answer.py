"""Answering: an analyst reads what was said and names it, an officer decides, a second person approves."""

import re
from collections.abc import Iterable
from typing import Any

from wagtail.models import Locale

from accounts.models import Person
from accounts.roles import Role
from analysis import queries
from analysis.models import Run, Theme
from analysis.services import COUNTING, THEMES, ask_for_run, correct, draft, drop, merge, rename, run_due
from consultations.models import Contribution, Outcome, OutcomePage
from portal.demo import pages_en, pages_hi
from portal.demo.approve import release
from portal.demo.ask import option_id
from portal.demo.plan import Plan, key_of
from portal.demo.town import Town

WORDS = {"en": pages_en.OUTCOME, "hi": pages_hi.OUTCOME}
DUE = {"water": (9, "promised"), "bell": (5, "doing"), "washing": (150, "promised")}
"""Promises: in how many days, and how far they are."""
MORNING = {"en": "asked for the morning", "hi": "ने सुबह माँगी"}


def read(town: Town, plan: Plan) -> Run:
    """Counts and themes of a closed consultation, as the analyst finds them on the desk."""
    consultation, analyst = town.consultations[plan.key], town.who(plan.agency, Role.ANALYST)
    for engine in (COUNTING, THEMES):
        ask_for_run(consultation, engine=engine, by=analyst, now=town.now)
    run_due(town.now)
    town.step("analysis")
    return Run.objects.get(consultation=consultation, engine=THEMES)


def decide(town: Town, plan: Plan, run: Run) -> Outcome:
    """Names the themes, drafts the outcome, writes the decision and has it released in English and Hindi."""
    analyst, editor = town.who(plan.agency, Role.ANALYST), town.who(plan.agency, Role.EDITOR)
    approver = town.who(plan.agency, Role.APPROVER)
    kept = _name(run, analyst)
    _correct(run, kept, analyst)
    page = draft(run, by=analyst, now=town.now).get_latest_revision_as_object()
    page.slug = "outcome"
    page.figures = _figures(plan)
    _reword(page, town, WORDS["en"], kept, language="en")
    page = release(page, editor=editor, approver=approver)
    town.step(page.title)
    hindi = page.copy_for_translation(Locale.objects.get(language_code="hi")).specific
    _reword(hindi, town, WORDS["hi"], kept, language="hi")
    release(hindi, editor=editor, approver=approver)
    town.step(hindi.title)
    return Outcome.objects.select_related("consultation__agency").get(translation_key=page.translation_key)


def _name(run: Run, analyst: Person) -> dict[str, str]:
    """Gives the machine's themes a person's names: those that say the same become one, others are dropped.

    Gives the key of each theme that stands, with its name in our words.
    """
    first: dict[str, Theme] = {}
    for theme in list(queries.themes_of(run)):
        name = _nearest(theme.terms, theme.language)
        if not name:
            drop(theme, by=analyst, now=run.asked_at)
        elif name in first:
            merge(theme, into=first[name], by=analyst)
        else:
            words = WORDS["en"]["themes"][name]
            first[name] = rename(theme, label=words["label"], summary=words["summary"], by=analyst)
    return {str(theme.key): name for name, theme in first.items()}


def _correct(run: Run, kept: dict[str, str], analyst: Person) -> None:
    """The analyst reads each voice, and sets right where the machine read it as something else."""
    by_name = {kept[str(theme.key)]: theme for theme in queries.themes_of(run)}
    voices = Contribution.objects.readable().filter(consultation=run.consultation).exclude(text="")
    for voice in voices.order_by("pk"):
        read = set(voice.codings.filter(theme__run=run).values_list("theme", flat=True))
        name = _nearest(re.findall(r"[\w\u0900-\u097f]+", voice.text), voice.language)
        if name in by_name and by_name[name].pk not in read:
            correct(voice, run=run, to=by_name[name], by=analyst)


def _nearest(terms: Iterable[str], language: str) -> str:
    """The theme of ours that shares most words with these; empty when none shares any."""
    said = {term.casefold() for term in terms}
    shared = {name: len(said & set(words["terms"])) for name, words in WORDS[language]["themes"].items()}
    best = max(shared, key=lambda name: shared[name])
    return best if shared[best] else ""


def _figures(plan: Plan) -> list[dict[str, Any]]:
    when = next(asked for asked in plan.asks if asked.key == "when")
    option = f"option:{key_of(plan.key, when.key)}/{option_id(plan, when, 'morning')}"
    return [
        {"type": "figure", "id": str(key_of("figure", key)), "value": {"figure": key, "caption": ""}}
        for key in ("participants", "responses", option)
    ]


def _reword(
    page: OutcomePage, town: Town, words: dict[str, Any], kept: dict[str, str], *, language: str
) -> None:
    for name in ("title", "asked", "said", "decision", "decided_by"):
        setattr(page, name, words[name])
    captions = {**words["figures"]}
    page.figures = [
        {
            **item,
            "value": {**item["value"], "caption": captions.get(item["value"]["figure"], MORNING[language])},
        }
        for item in page.figures.raw_data
    ]
    page.themes = [
        {**item, "value": {**item["value"], **_theme_words(words, kept[item["value"]["key"]])}}
        for item in page.themes.raw_data
    ]
    page.promises = [_promise(town, name, what, who) for name, (what, who) in words["promises"].items()]


def _theme_words(words: dict[str, Any], name: str) -> dict[str, str]:
    theme = words["themes"][name]
    return {"label": theme["label"], "summary": theme["summary"], "answer": theme["answer"]}


def _promise(town: Town, name: str, what: str, who: str) -> dict[str, Any]:
    days, state = DUE[name]
    value = {"what": what, "who": who, "due": town.day(days).date().isoformat(), "state": state, "reason": ""}
    return {"type": "promise", "id": str(key_of("promise", name)), "value": value}
