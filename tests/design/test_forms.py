"""Forms: every problem is said, linked to its control, and nothing typed is lost."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory

from design.forms import PlainForm, Press, counted


class Propose(PlainForm):
    """A form with each shape of field."""

    press = (Press("Send", kind="voice"), Press("Later", kind="plain", name="later"))
    title = forms.CharField(label="Title", max_length=60, help_text="A few words.")
    email = forms.EmailField(label="Email", widget=forms.EmailInput({"autocomplete": "email"}))
    text = forms.CharField(label="Your idea", required=False, max_length=200, widget=counted(200))
    place = forms.ChoiceField(
        label="Place", widget=forms.RadioSelect, choices=[("a", "City"), ("b", "Hills")]
    )
    topics = forms.MultipleChoiceField(
        label="Topics", widget=forms.CheckboxSelectMultiple, choices=[("w", "Water"), ("s", "Schools")]
    )
    agree = forms.BooleanField(label="I have read the rules", help_text="One page.")
    when = forms.SplitDateTimeField(label="When")
    paper = forms.FileField(label="A paper")
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("Somebody proposed this a minute ago.")


class Tags(HTMLParser):
    """Start tags of a page with their attributes, and ids in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def by_id(self) -> dict[str, str]:
        found = [(attrs["id"], tag) for tag, attrs in self.tags if attrs.get("id")]
        assert len(dict(found)) == len(found), "an id stands twice"
        return {str(name): tag for name, tag in found}


def _show(form: forms.Form) -> str:
    template = engines["django"].from_string("{% load crispy_forms_tags %}{% crispy form %}")
    return template.render({"form": form}, RequestFactory().get("/en/"))


@pytest.fixture
def wrong() -> str:
    return _show(Propose({"email": "meera.k@", "text": "Two taps <please>"}))


def test_the_summary_leads_to_the_control_of_each_problem(wrong: str) -> None:
    ids = Tags(wrong).by_id()
    summary = wrong[wrong.index('class="summary"') : wrong.index("</ul>")]
    targets = [attrs["href"] for tag, attrs in Tags(summary).tags if tag == "a"]
    assert targets == [
        "#id_title",
        "#id_email",
        "#id_place_0",
        "#id_topics_0",
        "#id_agree",
        "#id_when_0",
        "#id_paper",
    ]
    assert all(ids[str(target)[1:]] == "input" for target in targets)
    assert "Somebody proposed this a minute ago." in summary


def test_the_summary_is_heard_first_and_can_take_the_focus(wrong: str) -> None:
    assert 'class="summary" role="alert" tabindex="-1"' in wrong
    assert wrong.index('class="summary"') < wrong.index('class="field')


def test_each_control_is_described_by_what_stands_beside_it(wrong: str) -> None:
    page = Tags(wrong)
    ids = page.by_id()
    described = {
        attrs.get("name") or attrs.get("id"): attrs.get("aria-describedby") for _tag, attrs in page.tags
    }
    assert described["title"] == "id_title_helptext id_title_error"
    assert described["agree"] == "id_agree_helptext id_agree_error"
    assert described["div_id_place"] == "id_place_error"
    for words in filter(None, described.values()):
        assert all(name in ids for name in words.split())


def test_each_control_has_a_label_or_stands_in_a_named_group(wrong: str) -> None:
    page = Tags(wrong)
    labelled = {attrs.get("for") for tag, attrs in page.tags if tag == "label"}
    for tag, attrs in page.tags:
        if tag in {"input", "select", "textarea"} and attrs.get("type") != "hidden":
            assert attrs["id"] in labelled or str(attrs["id"]).startswith("id_when_")
    assert wrong.count("<fieldset") == wrong.count("<legend") == 3


def test_what_was_typed_is_still_there_and_is_only_words(wrong: str) -> None:
    assert "Two taps &lt;please&gt;</textarea>" in wrong
    assert 'value="meera.k@"' in wrong


def test_an_empty_field_is_named_in_its_problem(wrong: str) -> None:
    assert "Fill in: Title" in wrong
    assert "Choose: Place" in wrong
    assert "This field is required" not in wrong


def test_only_the_rare_optional_field_is_marked() -> None:
    page = _show(Propose())
    assert page.count("(optional)") == 1
    assert "Your idea <span" in page


def test_a_first_sight_has_no_problem_no_focus_and_keeps_autocomplete() -> None:
    page = _show(Propose())
    assert "summary" not in page
    assert "aria-invalid" not in page
    assert "autofocus" not in page
    assert 'autocomplete="email"' in page


def test_the_browser_never_cuts_what_is_pasted_into_a_counted_area() -> None:
    page = Tags(_show(Propose()))
    area = next(attrs for tag, attrs in page.tags if tag == "textarea")
    assert "maxlength" not in area
    assert area["data-count-limit"] == "200"


def test_a_form_is_sent_without_a_script() -> None:
    page = Tags(_show(Propose()))
    form = next(attrs for tag, attrs in page.tags if tag == "form")
    buttons = [attrs for tag, attrs in page.tags if tag == "button"]
    assert form["method"] == "post"
    assert form["enctype"] == "multipart/form-data"
    assert "novalidate" in form
    assert [button["type"] for button in buttons] == ["submit", "submit"]
    assert any(attrs.get("name") == "csrfmiddlewaretoken" for _tag, attrs in page.tags)
    assert any(attrs.get("name") == "token" for _tag, attrs in page.tags)


def test_the_title_of_a_page_that_came_back_begins_with_problem() -> None:
    template = engines["django"].from_string(
        '{% extends "base.html" %}{% block title %}Propose{% endblock %}'
    )
    request = RequestFactory().get("/en/")
    assert "<title>Problem: Propose - " in template.render({"form": Propose({})}, request)
    assert "<title>Propose - " in template.render({"form": Propose()}, request)
    assert Propose({}).title_problem == "Problem: "
