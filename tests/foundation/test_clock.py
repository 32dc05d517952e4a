"""Times are aware and in UTC; the database has one clock for all."""

from datetime import UTC, date, datetime, timedelta

import pytest

from foundation import clock
from foundation.languages import direction, own_name


def test_this_machines_time_is_aware_and_in_utc(time_machine):
    time_machine.move_to("2026-03-01T14:30:00+05:30", tick=False)
    assert clock.now().isoformat() == "2026-03-01T09:00:00+00:00"


def test_a_day_is_that_of_the_houses_calendar():
    moment = datetime(2026, 3, 1, 18, 29, tzinfo=UTC)
    assert clock.day(moment) == date(2026, 3, 1)
    assert clock.day(moment + timedelta(minutes=1)) == date(2026, 3, 2), "it is midnight in Kolkata"


@pytest.mark.django_db
def test_the_databases_time_is_aware_in_utc_its_own_and_moves_within_a_transaction(time_machine):
    here = clock.now()
    time_machine.move_to("2001-01-01", tick=False)
    first, second = clock.database_now(), clock.database_now()
    assert first.tzinfo is UTC
    assert abs(first - here) < timedelta(minutes=1)
    assert first <= second


@pytest.mark.parametrize("code", ["ar", "AR", "ar-eg", "ur", "ks", "sd_PK"])
def test_a_language_written_from_the_right_says_so(code):
    assert direction(code) == "rtl"


@pytest.mark.parametrize("code", ["hi", "en-gb", "az-latn", "ar-latn", "xx"])
def test_all_others_run_from_the_left(code):
    assert direction(code) == "ltr"


def test_a_language_is_called_what_it_calls_itself():
    assert own_name("hi") == "हिन्दी"
    assert own_name("fr") == "français"
    assert own_name("xx") == "xx"


@pytest.mark.django_db
def test_both_clocks_can_stand_at_another_moment_and_go_on_afterwards():
    then = clock.now() - timedelta(days=100)
    with clock.as_of(then):
        assert clock.now() == clock.database_now() == then
        with clock.as_of(then + timedelta(days=1)):
            assert clock.now() - then == timedelta(days=1)
        assert clock.now() == then
    assert clock.now() - then > timedelta(days=99) < clock.database_now() - then
