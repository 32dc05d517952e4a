"""What can be found is what everybody may read: it comes in when it is told, and goes when it goes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, PageViewRestriction, Site

from accounts.models import Agency, Person
from accounts.services import erase_person
from consultations.models import Consultation, Contribution
from consultations.services import close_due, reject, withdraw_response
from foundation import clock
from search import queries, services
from search.documents import contributions, pages
from search.engines import SearchRequest
from search.models import SearchEntry, SearchWord
from search.sources import KINDS, sources
from tests.factories.consultations import (
    close,
    free_text,
    ideas,
    open_idea,
    open_response,
    published_comment,
    published_idea,
    released_consultation,
    released_outcome,
    released_translation,
    theme,
)
from tests.factories.voices import asked_in_every_way, shown_and_hidden

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[object]]


def found(text: str, **filters: str) -> list[tuple[str, str]]:
    """Kind and title of each hit, the best first."""
    result = queries.search(SearchRequest(text, **filters), now=clock.now())  # type: ignore[arg-type]
    assert all(hit.url for hit in result.hits)
    return [(hit.kind, hit.title) for hit in result.hits]


@pytest.fixture
def asked(agency: Agency) -> Consultation:
    return released_consultation(
        title="Shade at the stops",
        questions=[free_text("Which stop needs a pergola?", visibility="at_once"), ideas("What else?")],
    )


def test_every_source_is_found_because_its_file_is_there() -> None:
    files = {path.stem for path in Path(pages.__file__).parent.glob("[a-z]*.py")}
    assert len(sources) == len(files) == 4
    assert {"page", "consultation", "outcome", "contribution"} == set(sources)
    assert set(Contribution.Kind.values) <= set(KINDS)


def test_a_consultation_is_found_when_it_is_announced_by_title_summary_and_questions(
    commit: Commit, agency: Agency
) -> None:
    with commit():
        released_consultation(
            title="Shade at the stops", questions=[free_text("Which stop needs a pergola?")]
        )
    for words in ("shade", "pergolas", "taps suit", "pipe paid"):
        assert found(words) == [("consultation", "Shade at the stops")], words


def test_a_translation_is_found_in_its_own_words(commit: Commit, asked: Consultation) -> None:
    with commit():
        released_translation(asked, "hi")
    assert found("पानी", language="hi") == [("consultation", "रात में पानी")]


def test_a_draft_is_never_found(asked: Consultation) -> None:
    draft = asked.page.copy(update_attrs={"title": "Secret zeppelin", "slug": "zeppelin"})
    Page.objects.filter(pk=draft.pk).update(live=True)
    list(services.reindex(now=clock.now()))
    assert found("zeppelin") == []


def test_what_people_say_is_found_when_it_is_published_and_not_before(
    commit: Commit, asked: Consultation, asha: Person, ben: Person
) -> None:
    with commit():
        idea = open_idea(asked, asha, "Vines over the benches\n\nThey grow by themselves.")
    assert found("vines") == []
    with commit():
        idea = published_idea(asked, asha, "Vines over the roofs\n\nThey grow by themselves.")
        published_comment(idea, ben, "And gourds beside the vines")
    assert set(found("vines")) == {("idea", "Vines over the roofs"), ("comment", "Shade at the stops")}
    assert found("vines grow", kind="idea") == [("idea", "Vines over the roofs")]
    assert found("shade", kind="idea") == []


def test_what_is_rejected_or_taken_back_is_gone_at_once(
    commit: Commit, asked: Consultation, asha: Person, ben: Person
) -> None:
    with commit():
        idea = published_idea(asked, asha, "Vines over the roofs")
        other = published_idea(asked, ben, "Vines along the wall")
    assert len(found("vines")) == 2
    with commit():
        reject(idea, reason="personal_data", by=None, now=clock.now())
    assert found("vines") == [("idea", "Vines along the wall")]
    with commit():
        withdraw_response(other.response, person=ben, now=clock.now())
    assert found("vines") == []
    assert not SearchEntry.objects.filter(source="contribution").exists()


def test_a_lost_announcement_shows_nothing_that_may_not_be_read(
    commit: Commit, asked: Consultation, asha: Person
) -> None:
    with commit():
        idea = published_idea(asked, asha, "Vines over the roofs")
    Contribution.objects.filter(pk=idea.pk).update(state="rejected", reason="spam")
    assert SearchEntry.objects.filter(source="contribution").count() == 1
    result = queries.search(SearchRequest("vines"), now=clock.now())
    assert (result.hits, result.total) == ((), 0)
    assert queries.similar("vines roofs", language="en", now=clock.now()) == []


def test_the_clock_catches_up_with_what_announcements_left_behind(asked: Consultation, asha: Person) -> None:
    idea = published_idea(asked, asha, "Vines over the roofs")
    assert found("vines") == []
    assert services.catch_up(clock.now()) >= 2
    assert found("vines") == [("idea", "Vines over the roofs")]
    assert services.catch_up(clock.now()) == 0
    Contribution.objects.filter(pk=idea.pk).update(state="removed", reason="spam")
    assert services.catch_up(clock.now()) == 1
    assert not SearchEntry.objects.filter(object_key=str(idea.pk), source="contribution").exists()


def test_answers_that_are_shown_after_the_close_are_found_after_the_close(
    commit: Commit, agency: Agency, asha: Person
) -> None:
    row = released_consultation(questions=[free_text("Why?", visibility="after_close")])
    with commit():
        came = open_response(row, asha, texts={0: "The heron pond dries out"}, may_publish=True)
        Contribution.objects.filter(response=came.response).update(
            state="published", published_at=clock.now()
        )
        services.catch_up(clock.now())
    assert found("heron") == []
    close(row)
    with commit():
        close_due(clock.now())
    assert found("heron") == [("answer", row.title)]


def test_only_what_everybody_may_read_is_found_or_guessed_from(db: None) -> None:
    row = asked_in_every_way("Water at night")
    shown_and_hidden(row)
    list(services.reindex(now=clock.now()))
    assert [kind for kind, _title in found("hidden")] == []
    assert {kind for kind, _title in found("shown")} == {"answer", "idea", "comment", "consultation"}
    assert not SearchWord.objects.filter(word__in=["hidden", "pending", "rejected", "removed"]).exists()
    close(row, ago=timedelta(days=2))
    list(services.reindex(now=clock.now()))
    assert [kind for kind, _title in found("hidden")] == ["answer"]
    assert found("counted kind") == found("hidden secret") == []


def test_an_outcome_is_found_by_what_was_decided_and_answered(
    commit: Commit, asked: Consultation, asha: Person
) -> None:
    idea = published_idea(asked, asha, "Vines over the roofs")
    close(asked)
    with commit():
        released_outcome(
            asked, themes=[theme("Vines are wanted", voices=[idea])], decision="<p>Pergolas from March.</p>",
            promises=[{"what": "Forty trellises", "who": "Parks", "due": "2026-05-01"}],
        )  # fmt: skip
    for words in ("pergolas march", "vines wanted", "trellis"):
        assert [kind for kind, _title in found(words, kind="outcome")] == ["outcome"], words


def test_a_withdrawn_consultation_and_all_that_was_said_in_it_are_gone(
    commit: Commit, asked: Consultation, asha: Person
) -> None:
    with commit():
        published_idea(asked, asha, "Vines over the roofs")
    list(services.reindex(now=clock.now()))
    Consultation.objects.filter(pk=asked.pk).update(withdrawn_at=clock.now(), withdrawn_reason="unsafe")
    assert found("vines") == found("pergola") == []
    services.catch_up(clock.now())
    assert not SearchEntry.objects.filter(kind__in=["idea", "consultation"]).exists()


def test_what_stands_behind_a_restriction_is_not_found(asked: Consultation, asha: Person) -> None:
    published_idea(asked, asha, "Vines over the roofs")
    list(services.reindex(now=clock.now()))
    PageViewRestriction.objects.create(page=asked.page, restriction_type=PageViewRestriction.LOGIN)
    assert found("vines") == found("pergola") == []


def test_an_erased_person_is_nowhere_in_the_tables_of_search(
    commit: Commit, asked: Consultation, asha: Person, ben: Person
) -> None:
    with commit():
        published_idea(asked, asha, "Canarybird aviary\n\nWith a pond for the canarybird.")
        published_idea(asked, ben, "Vines over the roofs")
    assert len(found("canarybird")) == 1
    with commit():
        erase_person(asha, by=asha, now=clock.now())
    assert found("canarybird") == []
    kept = [
        *SearchEntry.objects.values_list("title", "body", "title_terms", "body_terms"),
        *SearchWord.objects.values_list("key", "word", "shown"),
    ]
    assert "anarybird" not in str(kept)
    assert found("vines") == [("idea", "Vines over the roofs")]


def test_pages_of_agencies_and_pages_that_others_bring_are_found(commit: Commit, agency: Agency) -> None:
    released_consultation(agency=agency)
    root = Site.objects.get(is_default_site=True).root_page
    with commit():
        standard = root.add_child(
            instance=Page(title="How we count", slug="how", search_description="Every heron")
        )
        standard.save_revision().publish()
    services.catch_up(clock.now())
    assert found("heron") == [("page", "How we count")]
    assert ("agency", agency.name) in found("board")
    with commit():
        standard.unpublish()
    assert found("heron") == []


def test_every_hit_leads_to_a_page_that_holds_its_words(client: Client, db: None) -> None:
    asked = asked_in_every_way("Shade at the stops")
    said = shown_and_hidden(asked)
    close(asked)
    released_outcome(asked, themes=[theme("Vines are wanted", voices=[said["idea"]])])
    list(services.reindex(now=clock.now()))
    hits = [
        hit
        for words in ("shown", "vines", "board")
        for hit in queries.search(SearchRequest(words), now=clock.now()).hits
    ]
    assert {hit.kind for hit in hits} == {"idea", "comment", "answer", "outcome", "consultation", "agency"}
    for hit in hits:
        page = client.get(hit.url, follow=True)
        assert page.status_code == 200, hit.url
        assert hit.text.partition("\n")[0][:20] in page.content.decode(), (hit.kind, hit.url)


def test_reindex_makes_all_of_it_anew_and_takes_out_what_is_gone(
    asked: Consultation, asha: Person, put: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    published_idea(asked, asha, "Vines over the roofs")
    put("left over from a source that is gone")
    call_command("reindex", verbosity=0)
    assert "The index holds" in capsys.readouterr().out
    assert found("vines") == [("idea", "Vines over the roofs")]
    assert not SearchEntry.objects.filter(source="test").exists()
    before = SearchEntry.objects.count()
    Contribution.objects.all().update(text="Gourds over the roofs")
    list(services.reindex(now=clock.now(), source="contribution"))
    assert found("gourds") == [("idea", "Gourds over the roofs")]
    assert found("vines") == []
    assert SearchEntry.objects.count() == before


def test_keys_that_are_no_keys_find_nothing() -> None:
    for source in sources.values():
        assert list(source.entries(clock.now(), ["x", "", "-1", "99999999"])) == []
        assert source.still_public(["x", "٣", "99999999"], clock.now(), "en") == {}
    assert contributions.STEP > 0
