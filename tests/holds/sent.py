"""The table of what people send: who gets something done by POST at each address, and with which words.

`addresses.ROWS` says who comes in by GET; here stands, for each address that takes a POST, what fills its form so
that it would be done, who may have it done (`may`), and who comes in and is told no in words (`told`). Everybody
else is turned away. `test_every_url_by_post` fails for an address that takes a POST and has no row here.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

import moderation.services
import outreach.services
from consultations.models.approved import words_sha256
from foundation import clock
from notifications.models import Letter
from outreach.models import ChannelAccount, Delivery, Post
from tests.holds.addresses import OURS, ROWS, WHO, Places, nothing, of, refused
from tests.holds.living import Living

ALL = tuple(WHO)
SIGNED_IN = tuple(who for who in WHO if who != "anonymous")
CITIZENS = tuple(who for who in SIGNED_IN if who not in OURS)
"""Who may take part in a consultation of ours: everybody who holds no role at our agency."""

NOT_OURS = ("anonymous", *CITIZENS)
OTHERS = tuple(who for who in CITIZENS if who != "citizen")
"""Of them, all but Asha, who has answered, and whose words stand there."""

Words = Callable[[Living], dict[str, Any]]


@dataclass(frozen=True)
class Sent:
    """One form, filled in. `before` brings about the moment in which it can be done; `places` as in `ROWS`."""

    may: tuple[str, ...]
    words: Words = nothing
    told: tuple[str, ...] = ()
    before: Callable[[Living], Any] | None = None
    places: Places | None = None

    def place(self, name: str, here: Living) -> dict[str, Any]:
        """What stands in the address."""
        return (self.places or ROWS[name][1])(here)


def says(**words: Any) -> Words:
    """The same words whatever stands in the site."""
    return lambda here: words


def key(here: Living) -> dict[str, Any]:
    """A form that is sent for the first time."""
    return {"request_key": str(uuid.uuid4())}


def answer(here: Living) -> dict[str, Any]:
    """An answer to the first question of the open form."""
    first = here.open.questions.order_by("position")[0]
    return {**key(here), f"q{first.pk}": "Because the tank is empty.", "behalf": "person"}


def first_words(here: Living) -> dict[str, Any]:
    """What is typed on the first page of the open form."""
    return {f"q{here.open.questions.order_by('position')[0].pk}": "Because the tank is empty."}


def idea(here: Living) -> dict[str, Any]:
    """An idea, past the look at similar ones."""
    return {**key(here), "title": "A bench", "text": "One bench in the shade.", "tags": "", "step": "send"}


def draft(here: Living) -> Post:
    """The post that was drafted when the open consultation was released."""
    return Post.objects.get(consultation=here.open, outcome=None)


def draft_place(here: Living) -> dict[str, Any]:
    """Its address."""
    return {"pk": draft(here).pk}


def wording(here: Living) -> dict[str, Any]:
    """Other words for each account of the draft."""
    return {f"version-{version.pk}-text": "Other words." for version in draft(here).versions.all()}


def priya_submits(here: Living) -> None:
    """So that it waits for a second person."""
    outreach.services.submit_for_approval(draft(here), by=here.people["priya"], now=clock.now())


def read_post(here: Living) -> dict[str, Any]:
    """The draft as it waits, read."""
    return {"read": draft(here).submitted_sha256}


def read_page(here: Living) -> dict[str, Any]:
    """The page that waits, read and approved."""
    page = Page.objects.get(pk=ROWS["consultations_approve"][1](here)["page_id"])
    content = page.current_workflow_task_state.revision.content
    return {"act": "approve", "read": words_sha256(content)}


def nobody_knows(here: Living) -> None:
    """The delivery has no known end."""
    Delivery.objects.filter(pk=here.delivery.pk).update(state=Delivery.State.UNKNOWN)


def feed(here: Living) -> ChannelAccount:
    """The agency's account in the site's own feed."""
    return ChannelAccount.objects.get(agency=here.agency, channel="feed")


def in_the_feed(here: Living) -> dict[str, Any]:
    """The post as it went out there."""
    return {"pk": Delivery.objects.filter(version__post=here.post, account=feed(here)).order_by("pk")[0].pk}


def mohan_claims(here: Living) -> None:
    """The case is in Mohan's hands."""
    moderation.services.claim(here.case, by=here.people["mohan"], now=clock.now())


def mohan_decides(here: Living) -> None:
    """The case is decided."""
    mohan_claims(here)
    moderation.services.decide(
        here.case, by=here.people["mohan"], verdict="publish", reason="", now=clock.now()
    )


def letter_is_stuck(here: Living) -> None:
    """Nobody knows whether a letter arrived."""
    Letter.objects.filter(pk=Letter.objects.order_by("pk")[0].pk).update(state=Letter.State.UNKNOWN)


def first_letter(here: Living) -> dict[str, Any]:
    """That letter."""
    return {"pk": Letter.objects.order_by("pk")[0].pk}


def no_titles() -> dict[str, Any]:
    """The management form of a topic's titles in other languages."""
    counts = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    return {f"titles-{count}": 0 for count in counts}


WRITERS, OF_POSTS = ("press", "duty"), ("approver", "press", "duty")

SENT: dict[str, Sent] = {
    "blocked_content": Sent((), told=ALL),
    "api:v1:openapi-json": Sent((), told=ALL),
    # What people do
    # A form of several questions is answered step by step; sending it is in tests/consultations
    "consultations:respond": Sent((), answer, told=NOT_OURS),
    "consultations:step": Sent(("anonymous", *OTHERS), first_words, told=("citizen",)),
    "consultations:check": Sent((), key, told=NOT_OURS),
    "consultations:withdraw": Sent(("citizen",)),
    "ideas:propose": Sent(CITIZENS, idea, told=("anonymous", *OURS)),
    "ideas:support": Sent(OTHERS, key),
    "ideas:follow": Sent(SIGNED_IN, key),
    "ideas:comment": Sent(
        CITIZENS, lambda here: {**key(here), "text": "Near the gate."}, told=("anonymous",)
    ),
    "moderation:flag": Sent(
        tuple(who for who in CITIZENS if who != "citizen"),
        says(reason="spam", words="It sells."),
        told=("anonymous", "citizen", *OURS),
    ),
    "moderation:appeal": Sent((), says(words="It sells nothing.")),
    "posts:letters": Sent(ALL, says(address="new@people.example")),
    "outreach:confirm": Sent(ALL),
    "outreach:leave": Sent(ALL),
    "notifications:unsubscribe": Sent(ALL),
    "notifications:wishes": Sent(ALL, says(groups=["outcomes"], pace="weekly", language="")),
    "accounts:sign_in": Sent(ALL, says(address="new@people.example")),
    "accounts:confirm": Sent((), says(code="123456"), told=ALL),
    # Proofs that are none: a wrong password, code or passkey; the right ones are in tests/accounts
    "accounts:desk": Sent((), says(name="mohan", password="wrong"), told=ALL),
    "accounts:second_factor": Sent((), says(code="123456"), told=SIGNED_IN),
    "accounts:passkey": Sent((), says(credential="{}"), told=SIGNED_IN),
    "accounts:factors": Sent((), told=SIGNED_IN),
    "accounts:add_app": Sent((), says(code="123456"), told=SIGNED_IN),
    "accounts:add_passkey": Sent((), says(name="Mine", credential="{}"), told=SIGNED_IN),
    "accounts:recovery_codes": Sent((), told=SIGNED_IN),
    "accounts:remove_factor": Sent((), told=SIGNED_IN),
    "accounts:profile": Sent(SIGNED_IN, says(name="A new name", language="hi")),
    "accounts:addresses": Sent(SIGNED_IN, says(address="another@people.example")),
    "accounts:confirm_address": Sent((), says(code="123456"), told=SIGNED_IN),
    "accounts:remove_address": Sent(()),
    "accounts:end_session": Sent((), told=SIGNED_IN),
    "accounts:end_others": Sent((), told=SIGNED_IN),
    "accounts:sign_out": Sent(SIGNED_IN),
    "accounts:erase": Sent(SIGNED_IN, says(sure="on")),
    # The desks
    "consultations_open_agency": Sent(("admin",), says(name="Roads", slug="roads", response_days=60)),
    "consultations_approve": Sent(("approver",), read_page),
    "consultations_withdraw": Sent(("editor", "approver"), says(reason="law_changed")),
    "consultations_begin_translation": Sent(("editor",)),
    "consultations_submit_translation": Sent(("editor",), places=of(page_id="upcoming.page_id")),
    "topics:add": Sent(("admin",), lambda here: {"title": "Roads", "slug": "roads", **no_titles()}),
    "topics:edit": Sent(("admin",), lambda here: {"title": "Roads", "slug": "roads", **no_titles()}),
    "roles:add": Sent(("admin",), lambda here: {"who": "mohan", "agency": here.agency.pk, "role": "clerk"}),
    "roles:delete": Sent(("admin",)),
    "moderation_claim": Sent(("moderator",), told=("ombuds",)),
    "moderation_release": Sent(("moderator",), told=("ombuds",), before=mohan_claims),
    "moderation_decide": Sent(("moderator",), says(verdict="publish"), told=("ombuds",), before=mohan_claims),
    "moderation_reopen": Sent(("moderator",), told=("ombuds",), before=mohan_decides),
    "moderation_danger": Sent(("moderator",), told=("ombuds",)),
    "moderation_bulk": Sent(
        ("moderator",),
        lambda here: {"case": [here.case.pk], "verdict": "publish", "sure": "1"},
        told=("ombuds",),
    ),
    "moderation_end_alarm": Sent(("moderator", "duty"), says(ending="helped"), told=("ombuds",)),
    "moderation_decide_appeal": Sent(("ombuds",), says(verdict="upheld", reason="spam")),
    "moderation_paper": Sent(
        ("clerk",),
        lambda here: {
            "code": here.receipts["refused"],
            "part": refused(here).key,
            "language": "en",
            "words": "I sell nothing.",
        },
    ),
    "analysis_ask": Sent(("analyst",), says(engine="themes")),
    "analysis_voice": Sent(("analyst",), says(theme="")),
    "analysis_theme": Sent(("analyst",), says(act="rename", label="Named")),
    "analysis_draft": Sent(("analyst",)),
    "analysis:read_back": Sent(ALL, says(rightly="yes")),
    "analysis_read_back": Sent(("analyst",), says(act="keep", answer="It speaks of the bill.")),
    "outreach_new_post": Sent(
        WRITERS, lambda here: {"agency": here.agency.pk, "title": "A post"}, told=("approver", "admin")
    ),
    "outreach_post": Sent(OF_POSTS, wording, places=draft_place),
    "outreach_bulk": Sent(OF_POSTS, lambda here: {"post": [draft(here).pk], "sure": "1"}, told=("admin",)),
    "outreach_submit": Sent(WRITERS, told=("approver",), places=draft_place),
    "outreach_take-back": Sent(OF_POSTS, before=priya_submits, places=draft_place),
    "outreach_approve": Sent(
        ("approver",), read_post, told=WRITERS, before=priya_submits, places=draft_place
    ),
    "outreach_cancel": Sent(OF_POSTS, places=draft_place),
    "outreach_settle": Sent(OF_POSTS, says(verdict="there"), told=("admin",), before=nobody_knows),
    "outreach_settle_letters": Sent((), says(verdict="there"), told=(*OF_POSTS, "admin")),
    "outreach_withdraw": Sent(OF_POSTS, says(reason="mistake"), told=("admin",), places=in_the_feed),
    "outreach_accounts": Sent(
        ("press", "admin"),
        lambda here: {"agency": here.agency.pk, "channel": "console", "name": "x", "languages": ["en"]},
        told=("approver", "duty"),
    ),
    "outreach_check": Sent(("press", "admin")),
    "outreach_reconnect": Sent(("press", "admin"), says(token="t")),
    "outreach_switch_off": Sent(("press", "admin")),
    "outreach_switch": Sent(
        (*OF_POSTS, "admin"), lambda here: {"what": f"account:{feed(here).pk}", "reason": "A try"}
    ),
    "outreach_start": Sent((*OF_POSTS, "admin")),
    "notifications_decide": Sent(("admin",), says(act="again"), before=letter_is_stuck, places=first_letter),
}
