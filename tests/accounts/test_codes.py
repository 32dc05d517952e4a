"""A code: good once, for ten minutes, in the browser that asked, for five tries, however often at once."""

from datetime import timedelta

import pytest

from accounts.models import ContactPoint, Person, SignInCode
from accounts.services import ask_for_code, confirm_code, erase_person, forget_old_codes
from accounts.services.codes import waiting_code
from accounts.verification.limits import TooMany
from foundation.errors import BadInput, WrongState
from tests.accounts.letters import another
from tests.people import NOW, address

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(letters, commit):
    """Asks for a code and gives it, as it stands in the letter."""

    def asked(to="asha@people.example", browser="this browser", now=NOW, network="192.0.2.0/24"):
        with commit():
            ask_for_code(to, browser=browser, network=network, language="hi", now=now)
        return letters[-1]["code"]

    return asked


def test_the_right_code_opens_an_account_for_a_newcomer_and_the_same_one_later(ask):
    person = confirm_code(ask(), browser="this browser", now=NOW)
    assert person.contact_points.get().address == "asha@people.example"
    assert person.language == "hi"
    assert not person.has_usable_password()
    assert "asha" not in person.username
    assert confirm_code(ask(), browser="this browser", now=NOW) == person
    assert Person.objects.count() == 1


def test_the_letter_tells_code_language_and_minutes_after_commit(ask, letters):
    ask()
    assert letters[0]["language"] == "hi"
    assert letters[0]["minutes"] == 10
    assert len(letters[0]["code"]) == 6
    assert letters[0]["code"].isdecimal()


def test_the_code_itself_is_nowhere_in_the_table(ask):
    code = ask()
    row = SignInCode.objects.values().get()
    assert code not in " ".join(str(value) for name, value in row.items() if not name.endswith("_at"))


def test_a_code_is_good_once(ask):
    code = ask()
    confirm_code(code, browser="this browser", now=NOW)
    with pytest.raises(WrongState):
        confirm_code(code, browser="this browser", now=NOW)


def test_a_code_is_good_for_ten_minutes(ask):
    code = ask()
    with pytest.raises(WrongState):
        confirm_code(code, browser="this browser", now=NOW + timedelta(minutes=10))
    assert waiting_code("this browser", now=NOW + timedelta(minutes=10)) is None
    assert waiting_code("this browser", now=NOW + timedelta(minutes=9, seconds=59))
    assert confirm_code(code, browser="this browser", now=NOW + timedelta(minutes=9, seconds=59))


def test_a_code_is_good_only_in_the_browser_that_asked(ask):
    code = ask()
    for elsewhere in ("another browser", ""):
        with pytest.raises(WrongState):
            confirm_code(code, browser=elsewhere, now=NOW)
    assert confirm_code(code, browser="this browser", now=NOW)


def test_a_newer_code_makes_the_older_one_useless_even_from_another_browser(ask):
    older = ask(browser="first")
    newer = ask(to="ASHA+later@people.example", browser="second")
    with pytest.raises(WrongState):
        confirm_code(older, browser="first", now=NOW)
    assert confirm_code(newer, browser="second", now=NOW)
    assert SignInCode.objects.count() == 1


def test_the_sixth_try_is_refused_even_with_the_right_code(ask):
    code = ask()
    for _try in range(4):
        with pytest.raises(BadInput):
            confirm_code(another(code), browser="this browser", now=NOW)
    with pytest.raises(WrongState):
        confirm_code(another(code), browser="this browser", now=NOW)
    with pytest.raises(WrongState):
        confirm_code(code, browser="this browser", now=NOW)
    assert Person.objects.count() == 0


def test_the_fifth_try_may_still_be_the_right_one(ask):
    code = ask()
    for _try in range(4):
        with pytest.raises(BadInput):
            confirm_code(another(code), browser="this browser", now=NOW)
    assert confirm_code(code, browser="this browser", now=NOW)


@pytest.mark.parametrize("spread", ["{0}{1}{2} {3}{4}{5}", " {0}-{1}-{2}-{3}-{4}-{5} "])
def test_spaces_and_hyphens_in_a_code_are_fine(ask, spread):
    assert confirm_code(spread.format(*ask()), browser="this browser", now=NOW)


@pytest.mark.parametrize("digits", ["०१२३४५६७८९", "٠١٢٣٤٥٦٧٨٩"])
def test_a_code_may_be_typed_in_the_digits_of_ones_own_script(ask, digits):
    code = ask().translate(str.maketrans("0123456789", digits))
    assert confirm_code(code, browser="this browser", now=NOW)


def test_a_closed_account_cannot_come_in(ask, asha):
    Person.objects.filter(pk=asha.pk).update(is_active=False)
    with pytest.raises(WrongState, match="closed"):
        confirm_code(ask(to=address("asha")), browser="this browser", now=NOW)


def test_who_comes_back_after_being_erased_is_somebody_new(ask, asha):
    erase_person(asha, by=asha, now=NOW)
    newcomer = confirm_code(ask(to=address("asha")), browser="this browser", now=NOW)
    assert newcomer.pk != asha.pk


def test_a_mailbox_gets_six_letters_an_hour_in_whatever_spelling_and_another_is_free(ask):
    for number in range(6):
        ask(to=f"asha+{number}@people.example", network=f"192.0.{number}.0/24")
    with pytest.raises(TooMany):
        ask(to="Asha@people.example", network="198.51.100.0/24")
    assert ask(to=address("ben"))


def test_a_network_asks_for_a_bounded_number_of_codes(ask, settings):
    settings.CODES_PER_NETWORK_AND_HOUR = 3
    for number in range(3):
        ask(to=f"p{number}@people.example")
    with pytest.raises(TooMany):
        ask(to="p4@people.example")
    assert ask(to="p4@people.example", network="198.51.100.0/24")
    assert ask(to="p5@people.example", now=NOW + timedelta(hours=1))


def test_a_known_mailbox_is_written_to_in_the_spelling_that_was_shown(ask, letters):
    confirm_code(ask(to="Asha+first@people.example"), browser="this browser", now=NOW)
    ask(to="asha+other@people.example")
    assert letters[-1]["address"] == "Asha+first@people.example"
    assert ContactPoint.objects.count() == 1


def test_codes_that_ran_out_are_forgotten_with_their_addresses(ask):
    ask()
    assert forget_old_codes(now=NOW + timedelta(minutes=9)) == 0
    assert forget_old_codes(now=NOW + timedelta(minutes=11)) == 1
    assert not SignInCode.objects.exists()
