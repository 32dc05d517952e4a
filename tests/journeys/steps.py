"""The steps of the journey after people have spoken, and what every step needs."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin
from uuid import UUID

import httpx
from django.utils import translation
from django.utils.html import escape
from playwright.sync_api import Page, expect

from consultations.receipts import hash_of
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
NEAR = "Read the meters aloud at the gates"
CHITRA = "chitra@people.example"
READER = "reader@post.example"
IMPORTED, ANSWERED = 1604, 4
TOLD = "What people said about canal water (पानी), and what we decided."
VOWEL_SIGNS = 2
"""In these words: a network that counts letters as people see them finds them in the letters before."""
RECEIVED, DECIDED = "We have your words: %(title)s", "Your idea is published: %(title)s"
HEAD = re.compile(r"--head ([0-9a-f]{64}:\d+)")
ASHAS_WORDS = (
    "SELECT c.key FROM consultations_contribution c JOIN consultations_participant p ON p.id = c.participant_id "
    "JOIN accounts_contactpoint a ON a.person_id = p.person_id "
    f"WHERE a.address LIKE 'asha-first@%' AND c.text = '{WORDS}'"
)
READING = (
    "SELECT min(t.label) FROM analysis_theme t JOIN analysis_coding g ON g.theme_id = t.id "
    "JOIN consultations_contribution c ON c.id = g.contribution_id "
    "JOIN consultations_response r ON r.id = c.response_id WHERE r.receipt_hash = '%s'"
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
    run = lata.url
    read = re.search(r"(\d+) voices were read", lata.locator("main, .content").first.inner_text())
    assert read and int(read.group(1)) >= IMPORTED + ANSWERED, read
    labels = lata.locator("table.listing tbody a").all_inner_texts()
    voice = f"{run.rstrip('/')}/voice/{UUID(str(house.one(ASHAS_WORDS)))}/"
    before = read_as(lata, voice)
    other = next(label for label in labels if label not in before)
    lata.goto(run)
    lata.locator("table.listing tbody").get_by_role("link", name=other, exact=True).click()
    lata.fill("#id_label", "Traffic and roads")
    lata.get_by_role("button", name="Save the name").click()
    expect(lata.locator("table.listing")).to_contain_text("Traffic and roads")
    assert read_as(lata, voice) == before, "still as the machine read it"
    lata.select_option("#id_theme", label="Traffic and roads")
    lata.get_by_role("button", name="Read it so").click()
    assert read_as(lata, voice) == ["Traffic and roads"] != before
    lata.goto(run)
    lata.get_by_role("button", name="Draft the outcome").click()
    lata.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    found = re.search(r"/pages/(\d+)/", lata.url)
    assert found
    return int(found.group(1))


def read_as(lata, voice: str) -> list[str]:
    """The themes as which a voice is read, on the analyst's page of it."""
    lata.goto(voice)
    return lata.get_by_text("Read as:").locator("bdi").all_inner_texts()


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
    """A press officer previews the post for each channel, a second one approves, the worker sends it once on each."""
    drafted = "SELECT id FROM outreach_post WHERE outcome_id IS NOT NULL"
    house.until(lambda: house.one(drafted), what="the draft of the post")
    priya = at_desk(window, house, "priya")
    number = house.one(drafted)
    address = f"{house.base_url}/admin/posts/{number}/"
    priya.goto(address)
    for box in priya.locator("textarea").all():
        box.fill(TOLD)
    priya.get_by_role("button", name="Save and show the preview").click()
    previewed(priya, page_url)
    priya.get_by_role("button", name="Send for approval").click()
    priya.get_by_role("button", name="Approve", exact=True).click()
    expect(priya.locator(".messages")).to_contain_text("Somebody else has to approve it")
    assert house.one(f"SELECT state FROM outreach_post WHERE id = {number}") == "waiting"
    paul = at_desk(window, house, "paul")
    paul.goto(address)
    paul.get_by_role("button", name="Approve", exact=True).click()
    sent = (
        "SELECT count(*) FROM outreach_delivery d JOIN outreach_postversion v ON v.id = d.version_id "
        f"JOIN outreach_channelaccount a ON a.id = v.account_id WHERE v.post_id = {number} AND d.state = 'published'"
    )
    house.until(lambda: house.one(sent) >= 3, what="feed, fediverse and letter", seconds=90)
    for channel in ("feed", "mastodon", "email"):
        assert house.one(f"{sent} AND a.channel = '{channel}'") == 1, channel
    (status,) = town.statuses("agency")
    assert "what we decided" in status["content"] and page_url in status["content"]
    feed = httpx.get(f"{house.base_url}/outreach/feed.atom").text
    assert TOLD in feed and page_url in feed
    (letter,) = [each for each in post.to(READER) if TOLD in each.text]
    assert page_url in letter.text and letter.message["List-Unsubscribe-Post"]


def previewed(page: Page, link: str) -> None:
    """What will be shown on each channel, and how long that channel will find it."""
    words = f"{TOLD}\n\n{link}"
    lengths = {
        "Atom feed": f"{len(TOLD)} (any length)",
        "Newsletter by e-mail": f"{len(words)} (any length)",
        "Mastodon": f"{len(words) - VOWEL_SIGNS} of ",
    }
    sections = page.locator("section[aria-labelledby^=version-]")
    expect(sections).to_have_count(len(lengths))
    for channel, length in lengths.items():
        shown = sections.filter(has=page.get_by_role("heading", level=2, name=channel)).locator(".help-block")
        expect(shown).to_contain_text(TOLD)
        expect(shown.locator("> p").last).to_have_text(re.compile(f"^{re.escape(length)}"))


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
    reader = window.page()
    consultation = page_url.rsplit("/", 2)[0] + "/"
    assert "who reads the meters" not in again(reader, consultation), "nobody has moderated it"
    mohan = at_desk(window, house, "mohan")
    moderate(mohan, house, "who reads the meters")
    house.until(
        lambda: "who reads the meters" in again(reader, consultation), what="it stands there", every=1
    )
    shown_without_name(reader, reply["url"], village.users["citizen"])
    village.delete("citizen", reply["id"])
    house.until(
        lambda: "who reads the meters" not in again(reader, consultation),
        what="gone there, gone here",
        seconds=120,
        every=1,
    )


def shown_without_name(page: Page, original: str, who) -> None:
    """Under its heading, linked to the original; apart from that link neither name, handle nor server."""
    section = page.locator("section[aria-labelledby=heard]")
    expect(section.get_by_role("heading", name="Heard elsewhere")).to_be_visible()
    expect(section).to_contain_text("who reads the meters")
    expect(section.get_by_role("link")).to_have_count(1)
    expect(section.get_by_role("link", name="See the original")).to_have_attribute("href", original)
    html = section.evaluate("section => section.outerHTML").replace(f'href="{original}"', "", 1)
    for sign in (who.name, who.url.split("/")[2]):
        assert sign not in html, f"{sign} in {html}"


def letters(house, post, said: dict[str, dict[str, str]]) -> None:
    """All who took part have their receipts, the decision about their idea, and the outcome with the newest head."""
    for who, receipts in said.items():
        asha, ben = f"asha-{who}@post.example", f"ben-{who}@post.example"
        mine = {asha: ("asha", "idea"), ben: ("ben", "comment", "held")}
        for address, names in mine.items():
            codes = {receipts[name] for name in names}
            house.until(lambda address=address: with_head(post, address), what=f"the outcome to {address}")
            (outcome,) = with_head(post, address)
            assert all(code in outcome.text for code in codes), outcome.text
            came = {
                code for code in codes for each in begun_with(post, address, RECEIVED) if code in each.text
            }
            assert came == codes, f"{address} has receipts for {came} of {codes}"
        (decision,) = begun_with(post, asha, DECIDED)
        assert receipts["idea"] in decision.text
    house.until(lambda: with_head(post, CHITRA), what="the outcome to Chitra")
    assert len(begun_with(post, CHITRA, RECEIVED)) == len(begun_with(post, CHITRA, DECIDED)) == 1


def with_head(post, address: str) -> list:
    """The letters that tell of the outcome: they alone print the newest head of the register."""
    return [each for each in post.to(address) if HEAD.search(each.text)]


def begun_with(post, address: str, subject: str) -> list:
    """The letters with this subject, in the reader's language."""
    starts = []
    for language in ("en", "hi"):
        with translation.override(language):
            starts.append(translation.gettext(subject).partition("%")[0])
    return [each for each in post.to(address) if each.subject.strip().startswith(tuple(starts))]


def voices(house, said: dict[str, dict[str, str]], page_url: str) -> None:
    """The page of each voice shows, to who has no account here, how it was read and answered, and none of its words."""
    for receipts in said.values():
        for name, code in receipts.items():
            page = httpx.get(f"{house.base_url}/en/voice/{code}/").text
            label = house.one(READING % hash_of(code))
            assert (
                "Counted" in page and "Answered and decided" in page and page_url.partition("/en/")[2] in page
            )
            if label:
                assert "Read as" in page and escape(label) in page and "We will measure it." in page, name
            else:
                assert "Not read as a theme" in page and "Its row in the books" in page, name
            assert not any(words in page for words in (WORDS, "98765", "Meters help only")), name
    assert house.one(READING % hash_of(said["first"]["asha"])) == "Traffic and roads"


def verified(house, post, folder: Path) -> None:
    """The register verifies: by the command, and by anybody with both downloads and a head that was printed before."""
    house.manage("run_due", "--only", "chain")
    assert house.manage("verify_records")
    feed = httpx.get(f"{house.base_url}/outreach/feed.atom").text
    outcomes = with_head(post, "ben-second@post.example")
    heads = [head for letter in outcomes for head in HEAD.findall(letter.text)]
    heads += re.findall(r"<samvad:head>([0-9a-f]{64}:\d+)</samvad:head>", feed)
    assert len(heads) == 2, heads
    page = f"{house.base_url}/en/record/"
    for address in re.findall(r'<a href="([^"]+)" download>', httpx.get(page).text):
        (folder / address.rpartition("/")[2]).write_bytes(httpx.get(urljoin(page, address)).content)
    assert "Whole: " in proven(folder)
    for head in heads:
        assert f"is line {head.partition(':')[2]} of this chain" in proven(folder, "--head", head)


def proven(folder: Path, *words: str) -> str:
    """What the downloaded program says of the downloaded register, outside of the house; it must be content."""
    command = [sys.executable, "-I", "-S", "verify.py", "records.ndjson", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
