"""A word leaves the themes with the last one who said it; a name that a machine gave is given anew."""

import pytest

from accounts.services import erase_person, open_account
from analysis import services
from analysis.engines import engines, still_written
from analysis.models import Run, Theme
from consultations.models import Contribution
from foundation import clock
from tests.factories.consultations import close, free_text, open_response, released_consultation

pytestmark = pytest.mark.django_db
RARE = ("The zebra crossing at the mill is worn off.", "Paint the zebra crossing, then the mill is safe.")
SAID = (
    "The lamp at the crossing is dark.",
    "Two lamps near the mill are broken since May.",
    "The mill road floods when it rains.",
    "Rain stands on the mill road for days.",
    "The bus stop has no roof against rain.",
    "A roof at the bus stop, and a bench.",
    "The bench at the bus stop is broken.",
)


@pytest.fixture
def asked(asha, ben):
    """Closed; Ben alone spoke of zebras, in two answers to two questions."""
    row = released_consultation(questions=[free_text("Why?"), free_text("What else?")])
    open_response(row, ben, texts=dict(enumerate(RARE)))
    for number, words in enumerate(SAID):
        open_response(row, open_account(f"v{number}@people.example", now=clock.now()), texts={0: words})
    return close(row)


def read(asked) -> Run:
    """A run, done."""
    run = services.ask_for_run(asked, by=None, now=clock.now())
    assert services.run_due(clock.now()) == 1
    return run


def of_zebras(run: Run) -> Theme:
    """The theme in whose name Ben's word stands."""
    return next(theme for theme in run.themes.all() if "zebra" in theme.label)


def words_of(run: Run) -> str:
    """All that stands in the run's themes."""
    return str(list(run.themes.values_list("label", "terms", "summary")))


def test_the_words_of_one_go_with_them_and_those_of_others_stay(asked, ben):
    run = read(asked)
    theme, readings = of_zebras(run), run.themes.get_queryset().count()
    size = theme.codings.count()
    assert "crossing" in theme.terms
    erase_person(ben, by=ben, now=clock.now())
    theme.refresh_from_db()
    assert "zebra" not in words_of(run)
    assert "crossing" in theme.terms and theme.label == ", ".join(theme.terms[:3])
    assert (theme.codings.count(), run.themes.count()) == (size, readings)


def test_what_staff_wrote_stays_and_a_machines_name_that_was_saved_as_it_stood_does_not(asked, ben, lata):
    run = read(asked)
    theme = of_zebras(run)
    services.rename(theme, label=theme.label, summary="Many fear the road.", by=lata)
    erase_person(ben, by=ben, now=clock.now())
    theme.refresh_from_db()
    assert theme.summary == "Many fear the road."
    assert "zebra" not in theme.label
    other = run.themes.exclude(pk=theme.pk).first()
    services.rename(other, label="The zebra crossing", by=lata)
    erase_person(open_account("v0@people.example", now=clock.now()), by=None, now=clock.now())
    other.refresh_from_db()
    assert other.label == "The zebra crossing"


def test_themes_that_were_merged_or_dropped_forget_too(asked, ben, lata):
    run = read(asked)
    theme = of_zebras(run)
    services.drop(theme, by=lata, now=clock.now())
    erase_person(ben, by=ben, now=clock.now())
    assert "zebra" not in words_of(run)


def test_a_theme_of_which_no_word_is_left_has_a_number(asked):
    run = read(asked)
    theme = of_zebras(run)
    for number in range(len(SAID)):
        erase_person(open_account(f"v{number}@people.example", now=clock.now()), by=None, now=clock.now())
    erase_person(asked.participants.get(person__isnull=False).person, by=None, now=clock.now())
    assert not Contribution.objects.exclude(text="").exists()
    theme.refresh_from_db()
    assert (theme.terms, theme.label) == ([], f"Theme {theme.position + 1}")


def test_who_is_erased_while_an_engine_reads_leaves_no_word_in_what_it_writes(asked, ben, monkeypatch):
    read_all = engines["themes"].read

    def slow(voices):
        found = read_all(voices)
        assert "zebra" in str(found.themes)
        erase_person(ben, by=ben, now=clock.now())
        return found

    monkeypatch.setattr(engines["themes"], "read", slow)
    run = read(asked)
    assert run.themes.count() and "zebra" not in words_of(run)


def test_a_word_is_kept_as_the_others_write_it():
    words = ["lamps", "zebra", "mill", "gone"]
    assert still_written(words, ["One lamp.", "The MILL, a lamp"], "en") == {"lamps": "lamp", "mill": "mill"}
    assert still_written(words, [], "en") == {}


def test_no_more_is_read_than_is_needed():
    def texts():
        yield "The mill."
        raise AssertionError("read on though every word was met")

    assert still_written(["mill"], texts(), "en") == {"mill": "mill"}
