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
from consultations.models import Contribution, OutcomePage
from foundation import clock
from portal.demo import reading
from portal.demo.approve import release
from portal.demo.plan import Plan, key_of
from portal.demo.town import Town

WORD = re.compile(r"[\w\u0900-\u097f]+")


def read(town: Town, plan: Plan) -> None:
    """Counts and themes of a closed consultation, as the analyst finds them on the desk."""
    consultation, analyst = town.consultations[plan.key], town.who(plan.agency, Role.ANALYST)
    for engine in (COUNTING, THEMES):
        ask_for_run(consultation, engine=engine, by=analyst, now=clock.now())
    run_due(clock.now())


def decide(town: Town, plan: Plan) -> None:
    """Names the themes, drafts the outcome, writes the decision and has it released in English and Hindi."""
    words = reading.outcome(plan.key) or {}
    run = Run.objects.get(consultation=town.consultations[plan.key], engine=THEMES)
    analyst, editor = town.who(plan.agency, Role.ANALYST), town.who(plan.agency, Role.EDITOR)
    approver = town.who(plan.agency, Role.APPROVER)
    kept = _name(run, words, analyst)
    _correct(run, words, kept, analyst)
    page = draft(run, by=analyst, now=clock.now()).get_latest_revision_as_object()
    page.slug = words["slug"]
    keys = {name: _figure(plan, name) for name in words["figures"]}
    page.figures = [
        {
            "type": "figure",
            "id": str(key_of(plan.key, "figure", name)),
            "value": {"figure": key, "caption": ""},
        }
        for name, key in keys.items()
    ]
    _reword(page, town, plan, kept, language="en")
    page = release(page, editor=editor, approver=approver)
    hindi = page.copy_for_translation(Locale.objects.get(language_code="hi")).specific
    _reword(hindi, town, plan, kept, language="hi")
    release(hindi, editor=editor, approver=approver)


def _name(run: Run, words: dict[str, Any], analyst: Person) -> dict[str, str]:
    """Gives the machine's themes a person's names: those that say the same become one, others are dropped.

    Gives the key of each theme that stands, with its name in our words.
    """
    first: dict[str, Theme] = {}
    for theme in list(queries.themes_of(run)):
        name = _nearest(theme.terms, words[theme.language]["themes"])
        if not name:
            drop(theme, by=analyst, now=run.asked_at)
        elif name in first:
            merge(theme, into=first[name], by=analyst)
        else:
            said = words["en"]["themes"][name]
            first[name] = rename(theme, label=said["label"], summary=said["summary"], by=analyst)
    return {str(theme.key): name for name, theme in first.items()}


def _correct(run: Run, words: dict[str, Any], kept: dict[str, str], analyst: Person) -> None:
    """The analyst reads each voice, and sets right where the machine read it as something else."""
    by_name = {kept[str(theme.key)]: theme for theme in queries.themes_of(run)}
    voices = Contribution.objects.readable().filter(consultation=run.consultation).exclude(text="")
    for voice in voices.order_by("pk"):
        read = set(voice.codings.filter(theme__run=run).values_list("theme", flat=True))
        name = _nearest(WORD.findall(voice.text), words[voice.language]["themes"])
        if name in by_name and by_name[name].pk not in read:
            correct(voice, run=run, to=by_name[name], by=analyst)


def _nearest(terms: Iterable[str], themes: dict[str, Any]) -> str:
    """The theme of ours that shares most words with these; empty when none shares any."""
    said = {term.casefold() for term in terms}
    shared = {name: len(said & set(words["terms"])) for name, words in themes.items()}
    best = max(shared, key=lambda name: shared[name])
    return best if shared[best] else ""


def _figure(plan: Plan, name: str) -> str:
    """The key of a figure; an option is named `option:<question>/<option>` in our words."""
    kind, _colon, which = name.partition(":")
    if kind != "option":
        return name
    asked, _slash, option = which.partition("/")
    return f"option:{key_of(plan.key, asked)}/{key_of(plan.key, asked, option)}"


def _reword(page: OutcomePage, town: Town, plan: Plan, kept: dict[str, str], *, language: str) -> None:
    answer = reading.outcome(plan.key) or {}
    words = answer[language]
    for name in ("title", "asked", "said", "decision", "decided_by"):
        setattr(page, name, words[name])
    captions = {_figure(plan, name): caption for name, caption in words["figures"].items()}
    page.figures = [
        {**item, "value": {**item["value"], "caption": captions[item["value"]["figure"]]}}
        for item in page.figures.raw_data
    ]
    page.themes = [
        {**item, "value": {**item["value"], **_theme_words(words, kept[item["value"]["key"]])}}
        for item in page.themes.raw_data
    ]
    page.promises = [
        _promise(town, plan, name, words["promises"][name], when) for name, when in answer["promises"].items()
    ]


def _theme_words(words: dict[str, Any], name: str) -> dict[str, str]:
    theme = words["themes"][name]
    return {"label": theme["label"], "summary": theme["summary"], "answer": theme["answer"]}


def _promise(
    town: Town, plan: Plan, name: str, words: dict[str, str], when: dict[str, Any]
) -> dict[str, Any]:
    value = {
        "what": words["what"],
        "who": words["who"],
        "due": clock.day(town.day(when["due"])).isoformat(),
        "state": when["state"],
        "reason": words.get("reason", ""),
    }
    return {"type": "promise", "id": str(key_of(plan.key, "promise", name)), "value": value}
