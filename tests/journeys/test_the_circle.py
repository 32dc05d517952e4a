"""One voice goes the whole way round: asked, said, moderated, understood, answered, approved, told, replied to, heard.

In a real browser, with real processes, a real mail server and two real fediverse servers.
"""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests.journeys import citizen, desk, steps
from tests.real_data import folder
from tests.servers.browser import assert_only_from

pytestmark = [pytest.mark.journey, pytest.mark.servers]


@pytest.fixture(scope="module")
def opened(house, window):
    """A platform administrator opens the agency and appoints its people; at the desk the first of them."""
    who = ("--admin", "pavan", "--address", "pavan@office.example", "--password-env", "FIRST_PASSWORD")
    house.manage("set_up", *who, env={"FIRST_PASSWORD": desk.PASSWORD})
    names = [*steps.OFFICIALS, "root"]
    house.shell(
        "from accounts.services import open_desk_account\n"
        "from accounts.models import Person\n"
        "from foundation import clock\n"
        f"for name in {names!r}:\n"
        "    open_desk_account(name, address=name + '@office.example', by=None, now=clock.now(), "
        f"password={desk.PASSWORD!r}, name=name.title())\n"
        "Person.objects.filter(username='root').update(is_superuser=True, is_staff=True)\n"
    )
    page = desk.sign_in(window.page(), house.base_url, "pavan")
    desk.open_agency(page, house.base_url, steps.AGENCY)
    (first, role), *others = steps.OFFICIALS.items()
    desk.appoint(page, house.base_url, first, role, steps.AGENCY)
    house.shell(
        "from accounts.models import Agency, Person\n"
        "from accounts.roles import Role\n"
        "from accounts.services import appoint\n"
        "from foundation import clock\n"
        "agency, pavan = Agency.objects.get(), Person.objects.get(username='pavan')\n"
        f"for name, role in {others!r}:\n"
        "    one = next(one for one in Role if str(one.label) == role)\n"
        "    appoint(Person.objects.get(username=name), agency=agency, role=one, by=pavan, now=clock.now())\n"
    )
    return house


@pytest.fixture(scope="module")
def asked(opened, window):
    """An editor writes, cannot approve; nor can a superuser; a second person does, in two languages."""
    house = opened
    esha = steps.at_desk(window, house, "esha")
    now = datetime.now()
    number = desk.write_consultation(
        esha,
        house.base_url,
        steps.agency_page(house),
        title="How should we share canal water in a dry year?",
        summary="Three ways to divide a short supply between farms, towns and the wetland.",
        due=(now + timedelta(days=60)).strftime("%Y-%m-%d"),
        by="Anjali Deshmukh, Director of the Water Board",
        opens=now - timedelta(days=1),
        closes=now + timedelta(days=20),
        questions=[
            desk.Ask("In your own words", "What should we know about water where you live?"),
            desk.Ask(
                "Choose from options",
                "Who comes first in a dry month?",
                options=["Farms", "Towns", "Wetland"],
            ),
            desk.Ask("Rate on a scale", "How fair is it today?", ends=("Not fair", "Very fair")),
            desk.Ask("Ideas from people", "What have we not thought of?"),
        ],
    )
    desk.send_for_approval(esha, house.base_url, number)
    assert not desk.may_publish_or_approve(esha, house.base_url, number)
    assert not desk.may_publish_or_approve(steps.at_desk(window, house, "root"), house.base_url, number)
    address = f"{house.base_url}/en/nadipur-water-board/how-should-we-share-canal-water-in-a-dry-year/"
    stranger = window.page()
    assert stranger.goto(address).status == 404
    anil = steps.at_desk(window, house, "anil")
    desk.approve(anil, house.base_url, number)
    assert stranger.goto(address).status == 200
    hindi = desk.write_in(esha, house.base_url, number, "hi", {"#id_title": "सूखे साल में नहर का पानी कैसे बाँटें?"})
    desk.send_for_approval(esha, house.base_url, hindi)
    desk.approve(anil, house.base_url, hindi)
    one_has_spoken(house)
    return house, address, address.replace("/en/", "/hi/")


def one_has_spoken(house) -> None:
    """Chitra's idea stands there already, so that whoever proposes one like it is shown hers."""
    house.shell(
        "from consultations.models import Question\n"
        "from consultations.services import publish\n"
        "from foundation import clock\n"
        "from ideas.services import propose\n"
        "from tests.people import person\n"
        "came = propose(Question.objects.get(instrument='ideas'), person=person('chitra'), "
        f"title={steps.NEAR!r}, text='What the water meter at a canal gate says, somebody should call out.', "
        "language='en', now=clock.now())\n"
        "publish(came.response.contributions.get(), by=None, now=clock.now())\n"
    )


def citizens_part(asked, window, post, *, js: bool, who: str) -> dict[str, str]:
    """Asha answers and proposes; Ben, reading Hindi, answers, supports and comments."""
    house, english, hindi = asked
    receipts = {}
    asha = window.page(js=js)
    citizen.sign_in(asha, house.base_url, f"asha-{who}@post.example", post)
    asha.goto(english)
    steps.read(asha)
    receipts["asha"] = citizen.answer(
        asha, house.base_url, english, words=steps.WORDS, choose="Wetland", points="2"
    )
    steps.read(asha)
    asha.goto(english)
    propose = asha.locator("a[href*='/ideas/propose/']").first.get_attribute("href")
    assert propose
    receipts["idea"] = citizen.propose(
        asha,
        house.base_url + propose,
        title=f"{steps.IDEA} ({who})",
        words="A small meter at every gate shows who takes what, and everybody can read it.",
        sees=steps.NEAR if who == "first" else f"{steps.IDEA} (first)",
    )
    ben = window.page(js=js, width=320)
    citizen.sign_in(ben, house.base_url, f"ben-{who}@post.example", post, language="hi")
    receipts["ben"] = citizen.answer(
        ben,
        house.base_url,
        hindi,
        words="हमारे गाँव में नहर का पानी मार्च के बाद नहीं आता।",
        choose="Farms",
        points="1",
    )
    return receipts


@pytest.fixture(scope="module")
def said(asked, window, post):
    return citizens_part(asked, window, post, js=True, who="first")


def idea_address(house, who: str) -> str:
    sql = (
        "SELECT c.key FROM ideas_idea i JOIN consultations_contribution c ON c.id = i.contribution_id "
        f"WHERE i.title LIKE '%({who})%'"
    )
    key = UUID(str(house.one(sql)))
    return f"{house.base_url}/en/ideas/{key}/"


def go_on(asked, window, post, *, js: bool, who: str) -> dict[str, str]:
    """A moderator publishes the idea; Ben supports and comments; one comment is held."""
    house, _english, _hindi = asked
    mohan = steps.at_desk(window, house, "mohan")
    steps.moderate(mohan, house, steps.IDEA)
    ben = window.page(js=js)
    citizen.sign_in(ben, house.base_url, f"ben-{who}@post.example", post)
    idea = idea_address(house, who)
    ben.goto(idea)
    steps.read(ben)
    citizen.support(ben, idea)
    receipts = {
        "comment": citizen.comment(ben, idea, "Meters help only if the readings are public. Mine are not."),
        "held": citizen.comment(ben, idea, "Call me on 98765 43210 and I will show you the gate."),
    }
    steps.moderate(mohan, house, "Meters help only")
    steps.moderate(mohan, house, "Call me on", hold=True)
    reader = window.page(js=js)
    reader.goto(idea)
    expect(reader.locator("main")).to_contain_text("Meters help only")
    expect(reader.locator("main")).not_to_contain_text("98765")
    assert_only_from(reader, house.base_url)
    house.until(
        lambda: "Support 1 Support" in steps.again(reader, idea), what="the support is counted", every=1
    )
    return receipts


@pytest.fixture(scope="module")
def talked(asked, said, window, post):
    return said | go_on(asked, window, post, js=True, who="first")


@pytest.fixture(scope="module")
def talked_plainly(asked, talked, window, post):
    """The citizens' part once more, by others, with JavaScript off."""
    receipts = citizens_part(asked, window, post, js=False, who="second")
    return receipts | go_on(asked, window, post, js=False, who="second")


def test_the_citizens_part_without_javascript(asked, talked, talked_plainly):
    assert len(set(talked_plainly.values()) | set(talked.values())) == 10, "each has its own receipt"
    house = asked[0]
    answers = "SELECT count(DISTINCT response_id) FROM consultations_contribution WHERE kind = 'answer'"
    for language in ("en", "hi"):
        here = f"{answers} AND source = 'web' AND language = '{language}'"
        assert house.one(here) == 2, "two versions feed one consultation"
    assert house.one("SELECT count(*) FROM consultations_consultation") == 1


def test_one_voice_goes_the_whole_circle(asked, talked, talked_plainly, window, post, fediverse, tmp_path):
    house, english, _hindi = asked
    town, village = fediverse
    imported = house.manage(
        "import_survey", str(folder("survey_austin") / "responses.csv"), "--text-column", "comment",
        "--id-column", "response_id", "--consultation", "how-should-we-share-canal-water-in-a-dry-year",
    )  # fmt: skip
    assert f"{steps.IMPORTED} new" in imported
    steps.connect(house, window, town)
    reader = window.page(js=False)
    citizen.asks_for_letters(reader, house.base_url, steps.READER, steps.AGENCY)
    steps.closes_by_the_clock(house, window, english)
    citizen.confirms_letters(reader, post, steps.READER)
    lata = steps.at_desk(window, house, "lata")
    outcome = steps.understood(house, lata)
    steps.answered(house, window, outcome)
    sql = "SELECT p.slug FROM consultations_outcome o JOIN wagtailcore_page p ON p.id = o.page_id"
    slug = house.one(sql)
    page_url = f"{english}{slug}/"
    steps.told(house, window, town, post, page_url)
    steps.heard(house, window, town, village, page_url)
    everybody = {"first": talked, "second": talked_plainly}
    steps.letters(house, post, everybody)
    steps.voices(house, everybody, page_url)
    steps.verified(house, post, tmp_path)
    blocked = "SELECT max(directive || ' ' || blocked || ' on ' || page) FROM foundation_blockedcontent"
    assert house.one(blocked) is None, "the content policy stopped something of our own"
