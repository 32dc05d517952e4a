"""The steps of the journey after people have spoken, and what every step needs."""

import re
from uuid import UUID

from playwright.sync_api import Page, expect

from tests.journeys import desk
from tests.servers.browser import assert_axe_clean, assert_no_sideways_scroll

AGENCY = "Nadipur Water Board"
OFFICIALS = {
    "esha": "Editor",
    "anil": "Approver",
    "asim": "Approver",
    "mohan": "Moderator",
    "lata": "Analyst",
    "priya": "Press officer",
    "paul": "Press officer",
}
WORDS = "The tail end of the canal gets nothing in a dry year, so please measure the water at the last gate."
IDEA = "Water meters at every canal gate"
ASHAS_WORDS = (
    "SELECT c.key FROM consultations_contribution c JOIN consultations_participant p ON p.id = c.participant_id "
    "JOIN accounts_contactpoint a ON a.person_id = p.person_id "
    f"WHERE a.address LIKE 'asha-first@%' AND c.text = '{WORDS}'"
)
_desks: dict[tuple[str, str], Page] = {}


def agency_page(house) -> int:
    """The number of the agency's English page."""
    return house.one(
        "SELECT a.page_ptr_id FROM consultations_agencypage a JOIN wagtailcore_page p ON p.id = a.page_ptr_id "
        "JOIN wagtailcore_locale l ON l.id = p.locale_id WHERE l.language_code = 'en'",
    )


def at_desk(window, house, name):
    """The page of an official who is signed in; each keeps one, however often they come back."""
    if (house.base_url, name) not in _desks:
        _desks[house.base_url, name] = desk.sign_in(window.page(height=1200), house.base_url, name)
    return _desks[house.base_url, name]


def read(page) -> None:
    """Every page on the way stands axe, 320 px, and asks nobody else."""
    assert_axe_clean(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert_no_sideways_scroll(page)
    assert_axe_clean(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def again(page, address) -> str:
    page.goto(address)
    return re.sub(r"\s+", " ", page.locator("main").inner_text())


def moderate(page, house, words: str, *, hold: bool = False) -> None:
    """Opens the case whose text holds these words, and decides."""
    page.goto(f"{house.base_url}/admin/moderation/")
    page.locator("a", has_text=words).first.click()
    page.get_by_role("button", name="Hold it for a colleague" if hold else "Show it", exact=True).click()
    page.wait_for_load_state()


def connect(house, window, town) -> None:
    """A press officer connects the agency's accounts: the fediverse, and letters to those who asked for them."""
    priya = at_desk(window, house, "priya")
    for channel, name, more in (("mastodon", "Fediverse", True), ("email", "Letters", False)):
        priya.goto(f"{house.base_url}/admin/posts/accounts/")
        priya.select_option("#id_channel", channel)
        priya.fill("#id_name", name)
        if more:
            priya.fill("#id_base_url", town.base_url)
            priya.fill("#id_token", town.users["agency"].token)
        priya.locator("input[name=languages][value=en]").check()
        priya.get_by_role("button", name="Connect", exact=True).click()
        expect(priya.locator("table.listing")).to_contain_text(name)


def closes_by_the_clock(house, window, english) -> None:
    """The moment of closing comes: nothing more is taken, and the house tells of it once."""
    house.shell(
        "from datetime import timedelta\n"
        "from consultations.models import Consultation, Phase\n"
        "from foundation import clock\n"
        "moment = clock.database_now() + timedelta(seconds=1)\n"
        "Phase.objects.update(closes_at=moment); Consultation.objects.update(closes_at=moment)\n"
    )
    told_once = "SELECT count(*) FROM consultations_consultation WHERE closed_told_at IS NOT NULL"
    house.until(lambda: house.one(told_once) == 1, what="closed")
    late = window.page()
    late.goto(english)
    assert late.locator("main a[href*='/answer/']").count() == 0


def understood(house, lata) -> int:
    """The analyst reads the themes that the engine found, corrects one voice and one name, drafts the outcome."""
    runs = "SELECT count(*) FROM analysis_run WHERE engine = 'themes' AND state = 'done'"
    house.until(lambda: house.one(runs) == 1, what="the themes", seconds=150)
    lata.goto(f"{house.base_url}/admin/analysis/")
    lata.locator("a[href*='/analysis/run/']", has_text="themes").first.click()
    expect(lata.locator("main, .content").first).to_contain_text("voices were read")
    lata.locator("table.listing tbody a").first.click()
    lata.fill("#id_label", "Traffic and roads")
    lata.get_by_role("button", name="Save the name").click()
    expect(lata.locator("table.listing")).to_contain_text("Traffic and roads")
    key = UUID(str(house.one(ASHAS_WORDS)))
    lata.goto(f"{lata.url.rstrip('/')}/voice/{key}/")
    lata.select_option("#id_theme", label="Traffic and roads")
    lata.get_by_role("button", name="Read it so").click()
    lata.get_by_role("button", name="Draft the outcome").click()
    lata.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    found = re.search(r"/pages/(\d+)/", lata.url)
    assert found
    return int(found.group(1))


def answered(house, window, number: int) -> None:
    """The decision is empty until an officer writes it; a second person approves, after another's comma too."""
    esha = at_desk(window, house, "esha")
    esha.goto(f"{house.base_url}/admin/pages/{number}/edit/")
    assert not re.search(r'"text": ?"[^"]', esha.locator("#id_decision").input_value())
    desk.send_for_approval(esha, house.base_url, number)
    anil = at_desk(window, house, "anil")
    anil.goto(f"{house.base_url}/admin/approvals/{number}/")
    anil.get_by_role("button", name="Approve and release").click()
    expect(anil.locator("main, .content").first).to_contain_text("decision is empty")
    desk.send_back(anil, "Write what we decided.")
    desk.write_decision(
        esha, house.base_url, number, "We open the last gate first, from March.", "We will measure it."
    )
    desk.mend(anil, house.base_url, number, "#id_decided_by", "The Director")
    desk.send_for_approval(esha, house.base_url, number)
    assert not desk.may_publish_or_approve(esha, house.base_url, number)
    assert not desk.may_publish_or_approve(anil, house.base_url, number), "Anil wrote a word of it"
    desk.approve(at_desk(window, house, "asim"), house.base_url, number)


def told(house, window, town, post, page_url: str) -> None:
    """A press officer previews the post for each channel, a second one approves, the worker sends it once."""
    drafted = "SELECT id FROM outreach_post WHERE outcome_id IS NOT NULL"
    house.until(lambda: house.one(drafted), what="the draft of the post")
    priya = at_desk(window, house, "priya")
    number = house.one(drafted)
    address = f"{house.base_url}/admin/posts/{number}/"
    priya.goto(address)
    shown = priya.locator(".content, main").first
    expect(shown).to_contain_text("Mastodon")
    expect(shown).to_contain_text(re.compile(r"\d+ of \d+"))
    priya.locator("textarea").first.fill("What 1,606 people said about canal water, and what we decided.")
    priya.get_by_role("button", name="Save and show the preview").click()
    priya.get_by_role("button", name="Send for approval").click()
    mine = priya.get_by_role("button", name="Approve", exact=True)
    if mine.count():
        mine.click()
        expect(priya.locator("body")).to_contain_text(re.compile("omebody else"))
    paul = at_desk(window, house, "paul")
    paul.goto(address)
    paul.get_by_role("button", name="Approve", exact=True).click()
    house.until(lambda: len(town.statuses("agency")) >= 1, what="the post on the fediverse", seconds=90)
    sent = (
        "SELECT count(*) FROM outreach_delivery d JOIN outreach_postversion v ON v.id = d.version_id "
        f"WHERE v.post_id = {number} AND d.state = 'published'"
    )
    house.until(
        lambda: house.one(sent) >= 2,
        what="feed and fediverse",
    )
    assert len(town.statuses("agency")) == 1
    feed = window.page().request.get(f"{house.base_url}/outreach/feed.atom").text()
    assert "canal water" in feed
    assert re.search(r"[0-9a-f]{64}", feed), "the newest head of the register is in the feed"


def heard(house, window, town, village, page_url: str) -> None:
    """A citizen replies on another server; it is heard once, moderated, shown without a name, and goes again."""
    status = town.statuses("agency")[0]
    seen = village.fetch("citizen", status["url"])
    reply = village.post("citizen", "@agency who reads the meters in our village?", reply_to=seen)
    count = "SELECT count(*) FROM consultations_contribution WHERE kind = 'heard'"
    house.until(lambda: house.one(count) == 1, what="the reply is heard", seconds=90)
    house.manage("run_due", "--only", "outreach")
    house.manage("run_due", "--only", "outreach")
    assert house.one(count) == 1, "heard once although listened to again"
    mohan = at_desk(window, house, "mohan")
    moderate(mohan, house, "who reads the meters")
    reader = window.page()
    consultation = page_url.rsplit("/", 2)[0] + "/"
    house.until(
        lambda: "who reads the meters" in again(reader, consultation), what="it stands there", every=1
    )
    text = again(reader, consultation)
    assert "Heard elsewhere" in text
    assert (
        "citizen"
        not in reader.content()
        .partition("Heard elsewhere")[2]
        .partition("</section>")[0]
        .replace("citizens", "")
        .split("href")[0]
    )
    village.delete("citizen", reply["id"])
    house.until(
        lambda: "who reads the meters" not in again(reader, consultation),
        what="gone there, gone here",
        seconds=120,
        every=1,
    )


def letters_and_voices(house, window, post, receipts: dict[str, str]) -> None:
    """The participants have their letters, and each voice's page shows how it was read and answered."""
    house.until(
        lambda: len([m for m in post.to("asha-first@post.example") if "canal" in m.text.lower()]) >= 2,
        what="letters",
    )
    last = post.to("asha-first@post.example")[-1]
    assert re.search(r"[0-9a-f]{64}", last.text), "the newest head of the register is in the letter"
    reader = window.page()
    reader.goto(f"{house.base_url}/en/voice/{receipts['asha']}/")
    shown = reader.locator("main")
    expect(shown).to_contain_text("Traffic and roads")
    expect(shown).to_contain_text("We will measure it.")
    expect(shown).not_to_contain_text(WORDS)
    read(reader)
    reader.goto(f"{house.base_url}/en/voice/{receipts['idea']}/")
    expect(reader.locator("main")).to_contain_text(re.compile("published|shown", re.I))


def verified(house, window, post) -> None:
    """The register verifies: by the command, and by anybody with the file and a head from a letter."""
    house.manage("run_due", "--only", "chain")
    assert house.manage("verify_records")
