"""Lower templates name places; rooms above fill them; empty places stay empty."""

import pytest
from django.template import engines

from foundation import slots

FRAME = '{% load slots %}[{% slot "contribution.actions" contribution %}]'


@pytest.fixture(autouse=True)
def places(monkeypatch, settings):
    monkeypatch.setattr(slots, "_places", {})
    templates = {
        "a.html": "<a>{{ word }}</a>",
        "b.html": "<b>{{ word }}{{ contribution }}</b>",
        "c.html": "c",
    }
    options = {
        "loaders": [("django.template.loaders.locmem.Loader", templates)],
        "context_processors": ["django.template.context_processors.request"],
    }
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": options}]


def show(rf, frame: str = FRAME) -> str:
    return engines["django"].from_string(frame).render({"contribution": 7}, rf.get("/somewhere"))


def test_a_place_that_nobody_fills_is_empty(rf):
    assert show(rf) == "[]"


def test_fillings_stand_in_order_with_their_own_values_alone(rf):
    slots.put(
        "contribution.actions", template="b.html", order=20, context=lambda request, thing: {"word": thing}
    )
    slots.put(
        "contribution.actions",
        template="a.html",
        order=10,
        context=lambda request, thing: {"word": request.path},
    )
    slots.put("home.lists", template="c.html")
    assert show(rf) == "[<a>/somewhere</a><b>7</b>]"


def test_none_shows_nothing_and_no_function_shows_the_template(rf):
    slots.put("contribution.actions", template="a.html", context=lambda request, thing: None)
    slots.put("contribution.actions", template="c.html")
    assert show(rf) == "[c]"


def test_what_people_wrote_is_escaped(rf):
    slots.put("contribution.actions", template="a.html", context=lambda request, thing: {"word": "<script>"})
    assert show(rf) == "[<a>&lt;script&gt;</a>]"


def test_a_template_can_ask_whether_a_place_is_empty(rf):
    frame = '{% load slots %}{% slot "x" as found %}{% if found %}full{% else %}empty{% endif %}'
    assert show(rf, frame) == "empty"
    slots.put("x", template="c.html")
    assert show(rf, frame) == "full"


def test_the_same_template_twice_in_a_place_is_a_mistake_that_is_told():
    slots.put("x", template="c.html")
    with pytest.raises(ValueError, match="already"):
        slots.put("x", template="c.html")
