"""The table of addresses and people: whom each address answers, and how, when it is asked by GET.

A row is `name: (how everybody is answered, what stands in the address)`. Groups say the usual; a row names what
differs from it. `test_every_url` fails for an address without a row and for a row without an address.
"""

from collections.abc import Callable
from typing import Any

import moderation.services
from accounts.models import Membership
from analysis.models import ReadBack
from consultations.models import Contribution, Response
from consultations.receipts import hash_of
from foundation import clock
from notifications.leaving import leave_url
from tests.holds.living import Living

WHO = {
    "anonymous": "",
    "citizen": "asha",
    "editor": "esha",
    "approver": "anil",
    "moderator": "mohan",
    "analyst": "lata",
    "press": "priya",
    "clerk": "kiran",
    "duty": "dev",
    "admin": "pavan",
    "ombuds": "omana",
    "auditor": "aud",
    "other": "greta",
    "root": "root",
}
"""Columns, and who stands in each of them. `other` edits for another agency: to her everything here is foreign."""

OUTSIDE = ("anonymous", "citizen")
STAFF = tuple(who for who in WHO if who not in OUTSIDE)
OURS = ("editor", "approver", "moderator", "analyst", "press", "clerk", "duty")

SIGN_IN = "to the sign-in"
BACK = "back to the desk, refused"
ON = "sent on"

Row = dict[str, int | str]
Places = Callable[[Living], dict[str, Any]]


def everybody(status: int | str = 200, **others: int | str) -> Row:
    """The same for all, but for those named."""
    return {**dict.fromkeys(WHO, status), **others}


def account(status: int | str = 200, **others: int | str) -> Row:
    """For whoever is signed in."""
    return everybody(status, anonymous=SIGN_IN, **others)


def desk(*who: str, status: int | str = 200) -> Row:
    """In the admin, for these alone."""
    outside = dict.fromkeys(OUTSIDE, SIGN_IN)
    return everybody(BACK, **{**outside, **dict.fromkeys(who, status)})


def act(*who: str) -> Row:
    """In the admin, and only by POST."""
    return desk(*(who or STAFF), status=405)


def nothing(here: Living) -> dict[str, Any]:
    """No place in the address."""
    return {}


def of(**places: str) -> Places:
    """What stands in the address, as paths in the living site: `of(pk="case.pk")`."""

    def found(here: Living) -> dict[str, Any]:
        return {name: _reach(here, path) for name, path in places.items()}

    return found


def _reach(thing: Any, path: str) -> Any:
    for step in path.split("."):
        thing = thing[step] if isinstance(thing, dict) else getattr(thing, step)
    return thing


def phase(here: Living) -> dict[str, Any]:
    """The open form."""
    return {"key": here.open.translation_key, "phase": here.open.phases.get().pk}


def first_step(here: Living) -> dict[str, Any]:
    """The first page of the open form."""
    return {**phase(here), "step": 1}


def question(here: Living) -> dict[str, Any]:
    """The question that asks for ideas."""
    return {"question": here.open.questions.get(instrument="ideas").pk}


def token(here: Living) -> dict[str, Any]:
    """The way out of letters."""
    return {"token": leave_url(here.people["asha"].pk).rstrip("/").rpartition("/")[2]}


def read_voice(here: Living) -> dict[str, Any]:
    """A voice that was read as a theme."""
    coding = here.theme.codings.select_related("contribution").first()
    assert coding is not None
    return {"key": here.run.key, "contribution": coding.contribution.key}


def read_back(here: Living) -> dict[str, Any]:
    """What Ben said of how he was read."""
    found, _new = ReadBack.objects.get_or_create(
        response=read_voice_of(here),
        theme=here.theme,
        defaults={"rightly": False, "words": "The bill.", "language": "en", "said_at": clock.now()},
    )
    return {"key": found.key}


def read_voice_of(here: Living) -> Response:
    """The voice that was read."""
    return Contribution.objects.get(key=read_voice(here)["contribution"]).response


def held_role(here: Living) -> dict[str, Any]:
    """Esha's role."""
    return {"pk": Membership.objects.get(person=here.people["esha"], agency=here.agency).pk}


def refused(here: Living) -> Contribution:
    """Ben's idea that was not shown."""
    return Contribution.objects.get(response__receipt_hash=hash_of(here.receipts["refused"]))


def to_appeal(here: Living) -> dict[str, Any]:
    """Where Ben appeals."""
    return {"code": here.receipts["refused"], "key": refused(here).key}


def alarm(here: Living) -> dict[str, Any]:
    """A comment by which a life may be in danger."""
    raised = moderation.services.raise_alarm(here.comment, source="reader", by=None, now=clock.now())
    return {"pk": raised.pk}


def review(here: Living) -> dict[str, Any]:
    """Ben's idea, before the ombuds moderator."""
    found, _new = moderation.services.open_review(refused(here), source="sample", now=clock.now())
    return {"pk": found.pk}


def topic(here: Living) -> dict[str, Any]:
    """What the open consultation is about."""
    return {"pk": here.open.topics.get().pk}


def files(many: str, one: str, places: Places, found: int = 200) -> dict[str, tuple[Row, Places]]:
    """A list and one of it, each in its forms, to be taken by everybody."""
    whole = {f"api:v1:{many}{form}": (everybody(), nothing) for form in ("", "_csv", "_ndjson")}
    return whole | {f"api:v1:{one}{form}": (everybody(found), places) for form in ("", "_csv")}


CASE, POST, ACCOUNT = of(pk="case.pk"), of(pk="post.pk"), of(pk="account.pk")
DELIVERY, PAGE = of(pk="delivery.pk"), of(page_id="waiting.pk")
IDEA, ASKED, RUN = of(key="idea.key"), of(key="open.translation_key"), of(key="run.key")
VOICE, READER, AGENCY = of(code="receipts.asha"), of(code="reader.code"), of(slug="agency.slug")
SPEAKERS = ("approver", "press", "duty", "admin")
STOPPERS = SPEAKERS

ROWS: dict[str, tuple[Row, Places]] = {
    # The house itself
    "healthz": (everybody(), nothing),
    "blocked_content": (everybody(405), nothing),
    "portal_blocked": (desk("admin"), nothing),
    "wagtailadmin_home": (desk(*STAFF), nothing),
    "picture": (everybody(404), lambda here: {"folder": "images", "path": "none.jpg"}),
    "design:page": (everybody(404), nothing),
    "search:results": (everybody(), nothing),
    "records:index": (everybody(), nothing),
    "record_files:index": (everybody(ON), nothing),
    "record_files:ndjson": (everybody(), nothing),
    "record_files:head": (everybody(), nothing),
    "record_files:verify": (everybody(), nothing),
    # The circle, as everybody reads it
    "consultations:index": (everybody(), nothing),
    "consultations:upcoming": (everybody(), nothing),
    "consultations:closed": (everybody(), nothing),
    "consultations:overdue": (everybody(), nothing),
    "consultations:answered": (everybody(), nothing),
    "consultations:outcomes": (everybody(), nothing),
    "consultations:answers": (everybody(), ASKED),
    "consultations:feed": (everybody(), nothing),
    "consultations:agency_feed": (everybody(), of(agency="agency.slug")),
    "consultations:topic_feed": (everybody(), lambda here: {"topic": "water"}),
    "consultations:calendar": (everybody(), nothing),
    "consultations:agency_calendar": (everybody(), of(agency="agency.slug")),
    "consultations:topic_calendar": (everybody(), lambda here: {"topic": "water"}),
    "consultations:card": (everybody(ON), lambda here: {**ASKED(here), "seal": "old"}),
    "consultations:dates": (everybody(), ASKED),
    "consultations:find_voice": (everybody(), nothing),
    "consultations:voice": (everybody(), VOICE),
    "cms:topics": (everybody(), nothing),
    "cms:topic": (everybody(), lambda here: {"slug": "water"}),
    "cms:you_said": (everybody(), nothing),
    "ideas:index": (everybody(), nothing),
    "ideas:detail": (everybody(), IDEA),
    "ideas:choose": (everybody(ON), nothing),
    "moderation:policy": (everybody(), nothing),
    "moderation:figures": (everybody(), nothing),
    "moderation:figures_csv": (everybody(), nothing),
    "moderation:flag": (everybody(), IDEA),
    "moderation:appeal": (everybody(SIGN_IN), to_appeal),
    "analysis:read_back": (everybody(), of(code="receipts.read", key="read.key")),
    "posts:index": (everybody(), nothing),
    "posts:agency": (everybody(), AGENCY),
    "posts:letters": (everybody(), AGENCY),
    "outreach:feed": (everybody(), nothing),
    "outreach:agency_feed": (everybody(), AGENCY),
    "outreach:confirm": (everybody(), READER),
    "outreach:leave": (everybody(), READER),
    "notifications:unsubscribe": (everybody(), token),
    "notifications:wishes": (everybody(), token),
    "notifications:my_wishes": (account(ON), nothing),
    # What programs read
    "api:index": (everybody(ON), nothing),
    "api:docs": (everybody(ON), nothing),
    "api:v1:api-root": (everybody(ON), nothing),
    "api:v1:openapi-json": (everybody(), nothing),
    **files("consultations", "consultation", of(key="open.translation_key")),
    **files("contributions", "contribution", of(key="idea.key")),
    **files("outcomes", "outcome", of(key="outcome.translation_key")),
    **files("agencies", "agency", of(key="agency.slug")),
    **files("topics", "topic", lambda here: {"key": "water"}),
    **files("records", "record", lambda here: {"key": "0"}, 404),  # nothing is chained there yet
    **files("posts", "post", of(key="delivery.version_id")),
    "api:v1:contributions_of": (everybody(), ASKED),
    "api:v1:contributions_of_csv": (everybody(), ASKED),
    "api:v1:contributions_of_ndjson": (everybody(), ASKED),
    "data:index": (everybody(), nothing),
    "data:noun": (everybody(), lambda here: {"key": "outcomes"}),
    "api:nothing_here": (everybody(ON), nothing),
    # What people do; Asha has answered before, so she is led to her voice
    "consultations:respond": (everybody(ON, **dict.fromkeys(OURS, 403)), phase),
    "consultations:step": (everybody(citizen=ON, **dict.fromkeys(OURS, 403)), first_step),
    "consultations:check": (everybody(citizen=ON, **dict.fromkeys(OURS, 403)), phase),
    "consultations:withdraw": (account(403, citizen=200), VOICE),
    "ideas:propose": (account(), question),
    "ideas:support": (account(), IDEA),
    "ideas:follow": (account(), IDEA),
    "ideas:comment": (account(), IDEA),
    "accounts:home": (account(), nothing),
    "accounts:sign_in": (everybody(ON, anonymous=200), nothing),
    "accounts:confirm": (everybody(), nothing),
    "accounts:desk": (everybody(BACK, anonymous=200, citizen=200), nothing),
    "accounts:second_factor": (account(ON, citizen=403), nothing),
    "accounts:passkey": (account(405, citizen=403), nothing),
    "accounts:factors": (account(citizen=403), nothing),
    "accounts:add_app": (account(citizen=403), nothing),
    "accounts:add_passkey": (account(citizen=403), nothing),
    "accounts:recovery_codes": (account(ON, citizen=403), nothing),
    "accounts:remove_factor": (account(404), lambda here: {"key": 1}),
    "accounts:sign_out": (everybody(405), nothing),
    "accounts:profile": (account(), nothing),
    "accounts:addresses": (account(), nothing),
    "accounts:confirm_address": (account(), nothing),
    "accounts:remove_address": (account(404), lambda here: {"number": 0}),
    "accounts:sessions": (account(), nothing),
    "accounts:end_session": (account(405), lambda here: {"number": 1}),
    "accounts:end_others": (account(405), nothing),
    "accounts:my_data": (account(), nothing),
    "accounts:download": (account(), nothing),
    "accounts:erase": (account(), nothing),
    "accounts:erased": (everybody(), nothing),
    # The desks
    "consultations_open_agency": (desk("admin"), nothing),
    "consultations_approve": (desk("approver"), PAGE),
    "consultations_withdraw": (desk("editor", "approver"), of(pk="open.pk")),
    "consultations_begin_translation": (desk("editor"), lambda here: {**PAGE(here), "language": "hi"}),
    "consultations_submit_translation": (desk("editor"), PAGE),
    "agencies:index": (desk("admin", "root"), nothing),
    "agencies:index_results": (desk("admin", "root"), nothing),
    "topics:index": (desk("admin", "root"), nothing),
    "topics:index_results": (desk("admin", "root"), nothing),
    "topics:add": (desk("admin"), nothing),
    "topics:edit": (desk("admin"), topic),
    "roles:index": (desk("admin", "root"), nothing),
    "roles:index_results": (desk("admin", "root"), nothing),
    "roles:add": (desk("admin"), nothing),
    "roles:delete": (desk("admin"), held_role),
    "moderation_desk": (desk("moderator", "ombuds"), nothing),
    "moderation_case": (desk("moderator", "ombuds"), CASE),
    "moderation_claim": (act(), CASE),
    "moderation_release": (act(), CASE),
    "moderation_decide": (act(), CASE),
    "moderation_reopen": (act(), CASE),
    "moderation_danger": (act(), CASE),
    "moderation_bulk": (act(), nothing),
    "moderation_export": (desk("moderator", "ombuds"), nothing),
    "moderation_alarms": (desk("moderator", "duty", "ombuds"), nothing),
    "moderation_alarm": (desk("moderator", "duty", "ombuds"), alarm),
    "moderation_end_alarm": (act(), alarm),
    "moderation_paper": (desk("clerk"), nothing),
    "moderation_appeals": (desk("ombuds"), nothing),
    "moderation_appeal": (desk("ombuds"), review),
    "moderation_decide_appeal": (act(), review),
    "analysis_index": (desk("analyst"), nothing),
    "analysis_ask": (act(), of(pk="answered.pk")),
    "analysis_run": (desk("analyst"), RUN),
    "analysis_unread": (desk("analyst"), RUN),
    "analysis_voice": (desk("analyst"), read_voice),
    "analysis_theme": (desk("analyst"), of(key="theme.key")),
    "analysis_draft": (act(), RUN),
    "analysis_read_backs": (desk("analyst"), nothing),
    "analysis_read_back": (desk("analyst"), read_back),
    "outreach_posts": (desk(*SPEAKERS), nothing),
    "outreach_export": (desk(*SPEAKERS), nothing),
    "outreach_bulk": (act(*SPEAKERS), nothing),
    "outreach_new_post": (desk(*SPEAKERS), nothing),
    "outreach_post": (desk("approver", "press", "duty"), POST),
    "outreach_submit": (act(*SPEAKERS), POST),
    "outreach_take-back": (act(*SPEAKERS), POST),
    "outreach_approve": (act(*SPEAKERS), POST),
    "outreach_cancel": (act(*SPEAKERS), POST),
    "outreach_settle": (act(*SPEAKERS), DELIVERY),
    "outreach_settle_letters": (act(*SPEAKERS), POST),
    "outreach_withdraw": (act(*SPEAKERS), DELIVERY),
    "outreach_accounts": (desk(*SPEAKERS), nothing),
    "outreach_check": (act(*SPEAKERS), ACCOUNT),
    "outreach_reconnect": (act(*SPEAKERS), ACCOUNT),
    "outreach_switch_off": (act(*SPEAKERS), ACCOUNT),
    "outreach_switch": (desk(*STOPPERS), nothing),
    "outreach_start": (act(), of(pk="stop.pk")),
    "notifications_desk": (desk("admin"), nothing),
    "notifications_decide": (act(), lambda here: {"pk": 1}),
}
