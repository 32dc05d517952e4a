"""Made-up words and figures for the living page: every component in every state."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator

from design.forms import PlainForm, Press, counted

HERE = "#top"
SPRITE = Path(__file__).parent / "static" / "design" / "img" / "sprite.svg"
ICONS = re.findall(r'id="(\w+)" viewBox="0 0 24 24"', SPRITE.read_text(encoding="utf-8"))


class SampleFilters(forms.Form):
    """Words and selects of a list."""

    q = forms.CharField(label="Words to look for", required=False, widget=forms.TextInput({"type": "search"}))
    topic = forms.ChoiceField(label="Topic", choices=[("", "All topics"), ("water", "Water")])
    area = forms.ChoiceField(label="Area", choices=[("", "Whole region"), ("city", "Nadipur city")])
    order = forms.ChoiceField(label="Order", choices=[("soon", "Closing soonest"), ("new", "Newest")])


class SampleForm(PlainForm):
    """Each kind of field. Sent by GET, so that the living page holds no token and sets no cookie."""

    method = "get"
    press = (
        Press("Save and go on", kind="voice", icon_after="next"),
        Press("Skip this question", kind="quiet", name="skip"),
        Press("Finish later", kind="plain", name="later"),
    )
    ward = forms.CharField(
        label="Your ward",
        help_text="On your water bill, top right.",
        widget=forms.TextInput({"class": "input--short", "inputmode": "numeric"}),
    )
    email = forms.EmailField(
        label="Email for your receipt",
        help_text="We send the receipt and the answer, and nothing else.",
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    code = forms.CharField(
        label="Six-figure code",
        help_text="Spaces are fine. You can paste it.",
        widget=forms.TextInput(
            {"class": "input--code", "inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
    )
    quiet = forms.ChoiceField(
        label="How quiet should the room be?",
        widget=forms.RadioSelect,
        choices=[("silent", "Silent"), ("quiet", "Quiet"), ("lively", "Lively on some days")],
    )
    hours = forms.MultipleChoiceField(
        label="When would you come?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("am", "Mornings"), ("pm", "Evenings")],
        required=False,
    )
    topic = forms.ChoiceField(label="Topic", choices=[("water", "Water"), ("schools", "Schools")])
    why = forms.CharField(
        label="Your reasons", help_text="Write in any language.", required=False, widget=counted(2000)
    )
    day = forms.DateField(label="Day of your visit", required=False, widget=forms.DateInput({"type": "date"}))
    paper = forms.FileField(label="A paper to go with it", required=False)
    stay = forms.BooleanField(
        label="Keep me signed in on this device for 30 days",
        help_text="Leave this off on a shared phone or in a ward office.",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quiet"].choice_hints = {  # type: ignore[attr-defined]
            "silent": "No talking. Calls outside.",
            "quiet": "Low voices, children welcome with a grown-up.",
        }
        self.fields["hours"].in_row = True  # type: ignore[attr-defined]


def asked() -> SampleForm:
    """A form as it is first shown."""
    form = SampleForm(auto_id="new_%s", initial={"quiet": "quiet", "hours": ["am"]})
    form.draft_key = "sample"
    return form


def came_back() -> SampleForm:
    """A form that came back with problems."""
    answers = {"ward": "6", "email": "meera.k@", "topic": "water", "why": "A silent room would keep us out."}
    return SampleForm(answers, auto_id="back_%s")


class SampleField(forms.Form):
    """One field by itself."""

    note = forms.CharField(label="A note to the clerk", help_text="Two lines are enough.", max_length=200)


def page() -> Page:
    """The third page of a long list."""
    return Paginator(range(318), 10).page(3)


def phases() -> list[dict[str, Any]]:
    """A consultation's way, in four states."""
    return [
        {
            "state": "done",
            "title": "Drafted with librarians",
            "lines": ["2 Sep to 15 Oct"],
            "url": HERE,
            "link": "Minutes of three meetings",
        },
        {
            "state": "now",
            "title": "Open for answers",
            "turn": "Your turn until 30 Nov",
            "lines": ["9 days left"],
        },
        {
            "state": "next",
            "title": "Answers weighed",
            "lines": ["1 Dec to 10 Jan", "Published as they stand by 7 Dec"],
        },
        {
            "state": "next",
            "title": "Our answer",
            "turn": "Promised by 15 Jan 2027",
            "lines": ["Signed by the Director"],
        },
    ]


def pipeline() -> list[dict[str, Any]]:
    """What follows a receipt, with a promise that was missed."""
    return [
        {"state": "done", "title": "Received", "lines": ["Today, 10:42"]},
        {
            "state": "late",
            "title": "Read by a moderator",
            "turn": "Late: promised by 1 Nov, now by 8 Nov",
            "lines": ["Two readers are ill."],
        },
        {
            "state": "now-official",
            "title": "With the City Water Board",
            "turn": "Our turn, by 21 Nov",
            "lines": ["0 of 31 taps so far"],
        },
        {"state": "next", "title": "Carried out", "lines": ["Promised by 15 Mar"]},
    ]


def process() -> list[dict[str, Any]]:
    """How it works, with numbers in the knots."""
    words = (
        "In plain words, with the choices that are really open.",
        "Online, by phone, by post or at a ward office.",
        "Every answer, with names removed if you ask.",
        "What will change, what will not, by the promised day.",
    )
    titles = ("We put the question", "You answer", "We publish what you said", "We answer")
    return [
        {
            "state": "people" if at == 2 else "done",
            "number": at,
            "title": title,
            "lines": [line],
        }
        for at, (title, line) in enumerate(zip(titles, words, strict=True), start=1)
    ]


def talk() -> list[dict[str, Any]]:
    """A conversation: people, an official, a removed comment, two other languages."""
    acts = [
        {"url": HERE, "label": "Support", "icon": "hand", "count": 64, "about": "what Imran said"},
        {"url": HERE, "label": "Reply", "icon": "reply", "point": True, "about": "to Imran"},
        {"url": HERE, "label": "Report", "about": "what Imran said"},
    ]
    return [
        {
            "who": "Imran, ward 9",
            "when": date(2026, 8, 16),
            "text": "The drain matters as much as the tap.",
            "acts": acts,
            "replies": [
                {
                    "who": "Ravi Menon, City Water Board",
                    "official": True,
                    "when": date(2026, 8, 18),
                    "text": "Agreed. Every tap on the list has a covered drain.",
                },
                {
                    "who": "सुशीला, ward 2",
                    "when": date(2026, 8, 19),
                    "to": "to Ravi Menon",
                    "lang": "hi",
                    "text": "नल की ऊँचाई भी दो हो: एक बच्चों के लिए, एक बोतल भरने के लिए।",
                },
            ],
        },
        {
            "gone": "A comment was removed on 20 August because it named a private person. "
            "The writer has been told why and may appeal."
        },
        {
            "who": "Layla, ward 4",
            "when": date(2026, 8, 23),
            "lang": "ar",
            "source": "Heard on a social network",
            "source_url": "https://social.example/1",
            "text": "أرجو أن تُكتب مواعيد فحص الماء على لوحة صغيرة بجانب كل صنبور.",
        },
    ]


def everything() -> dict[str, Any]:
    """All that the living page shows."""
    return {
        "here": HERE,
        "filters_form": SampleFilters(auto_id="f_%s"),
        "asked": asked(),
        "came_back": came_back(),
        "single": SampleField(auto_id="one_%s"),
        "page_obj": page(),
        "phases": phases(),
        "pipeline": pipeline(),
        "process": process(),
        "talk": talk(),
        "closing": date(2026, 11, 24),
        "crumbs": [{"url": HERE, "label": "Have a say"}, {"label": "Components"}],
        "views": [
            {"url": HERE, "label": "Open", "count": 14, "current": True},
            {"url": HERE, "label": "Closing soon", "count": 3},
            {"url": HERE, "label": "Being weighed", "count": 9},
            {"url": HERE, "label": "Answered", "count": 1052},
        ],
        "facts": [
            {
                "term": "Closes",
                "value": "30 November",
                "datetime": "2026-11-30",
                "note": "9 days left",
                "people": True,
            },
            {
                "term": "Took part",
                "value": "1,284 people",
                "note": "212 on paper or by phone",
                "people": True,
            },
            {
                "term": "Answer promised by",
                "value": "15 January",
                "datetime": "2027-01-15",
                "note": "Not moved since opening",
            },
            {"term": "Takes about", "value": "6 minutes", "note": "4 questions, none required"},
        ],
        "meta": [{"icon": "people", "text": "2,310", "after": "took part"}],
        "card_meta": [
            {"icon": "clock", "text": "Closes 12 Dec"},
            {"icon": "people", "text": "3,402 took part"},
        ],
        "vote": {"count": 742, "url": HERE, "about": "Walk-to-school hour on Canal Road"},
        "shares": [
            ("Under 200 m", 451, 25, 36),
            ("200 to 500 m", 459, 60, 85),
            ("Yard workers", 88, 31, 140),
        ],
        "share_key": ["For", "Unsure", "Against"],
        "halves": [("North", 120, 40), ("South", 0, 0), ("Ferry side", 18, 90)],
        "half_key": ["Yes", "No"],
        "only_page": Paginator(range(7), 10).page(1),
        "counts": [("Longer evenings", 812), ("A silent corner", 401), ("Food allowed", 96)],
        "promises": {
            "heads": ["Promise", "Who", "By", "State"],
            "rows": [
                [
                    "No shunting between 10 pm and 6 am",
                    "Yard manager",
                    {"text": "15 Nov 2026", "datetime": "2026-11-15"},
                    {"tag": "Kept", "tag_kind": "done"},
                ],
                [
                    {"text": "Sound readings each week", "url": HERE},
                    "Environment Office",
                    "1 Nov 2026",
                    {"tag": "20 days late", "tag_kind": "urgent", "note": "Meter stolen, new one ordered"},
                ],
            ],
        },
        "pairs": [
            {"term": "Consultation", "value": "Rules for the neighbourhood libraries", "url": HERE},
            {"term": "Received", "value": "21 November 2026, 10:42"},
            {"term": "Seal", "value": "b41f 90ce 77a2 13d8 5e60 c9fb 2a47 e1d3", "code": True},
        ],
        "ways_on": [
            {"url": HERE, "label": "See the 2 answered"},
            {"url": HERE, "label": "Suggest it as an idea"},
        ],
        "columns": [
            {"url": HERE, "label": "Open consultations"},
            {"url": HERE, "label": "Ideas from people"},
        ],
        "icons": ICONS,
    }
