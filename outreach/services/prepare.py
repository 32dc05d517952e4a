"""Drafting: what happened in the hall becomes a post, worded for each account of the agency; people do the rest."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import Agency, Person
from consultations.models import Consultation, Outcome
from foundation import approvals, audit, clock
from foundation.errors import NotAllowed
from outreach import moments, words
from outreach.channels.base import Message
from outreach.models import ChannelAccount, Post, PostVersion
from outreach.permissions import can_write_posts

MISSED_FOR = timedelta(days=30)
TURNED_FOR = timedelta(days=2)
BODY = 600


def prepare(subject: Consultation | Outcome, *, by: Person | None, now: datetime) -> Post:
    """Drafts one post about a consultation or an outcome, with words for each account and language.

    Done once: asked again it gives the same post; as long as it is a draft, with versions for accounts that came
    since, and with words that are true now where nobody has changed them. `by` is None when the clock or an
    announcement asks; else raises NotAllowed for who does not write posts.
    """
    consultation = subject if isinstance(subject, Consultation) else subject.consultation
    agency = consultation.agency
    if by is not None and not can_write_posts(by, agency):
        raise NotAllowed(_("Only press officers of the agency write posts."))
    ensure_feed(agency, now=now)
    pages = _pages(subject)
    post, new = _once(subject, consultation, title=subject.page.title, by=by, now=now)
    if post.state == Post.State.DRAFT:
        _word_it(post, _accounts(agency), pages, subject, now)
        if not new:
            reword(post, now)
    if new:
        audit.write("post.drafted", by=by.pk if by else None, thing=f"post:{post.pk}", occasion=post.occasion)
    return post


def draft(
    agency: Agency,
    *,
    by: Person,
    title: str,
    now: datetime,
    consultation: Consultation | None = None,
) -> Post:
    """An empty post that a press officer words. Raises NotAllowed for everybody else."""
    if not can_write_posts(by, agency):
        raise NotAllowed(_("Only press officers of the agency write posts."))
    ensure_feed(agency, now=now)
    with transaction.atomic():
        post = Post.objects.create(
            agency=agency, consultation=consultation, title=title.strip(), created_by=by, created_at=now
        )
        for account in _accounts(agency):
            for language in account.languages or [settings.LANGUAGE_CODE]:
                _version(post, account, language, title=title, body="", link="", by=by)
        audit.write("post.drafted", by=by.pk, thing=f"post:{post.pk}")
    return post


def prepare_missed(now: datetime) -> int:
    """Drafts what a lost announcement left undrafted in the last days; gives how many."""
    since = now - MISSED_FOR
    answered = Outcome.objects.filter(released_at__gt=since, posts__isnull=True)
    asked = Consultation.objects.standing().filter(
        registered_at__gt=since, closes_at__gt=now, posts__isnull=True
    )
    missed: list[Consultation | Outcome] = [
        *answered.select_related("consultation__agency"),
        *asked.select_related("agency"),
    ]
    for subject in missed:
        prepare(subject, by=None, now=now)
    return len(missed)


def reword_drafts(now: datetime) -> int:
    """Brings drafts up to a moment that has come since: opened, closes soon, closed, answered; gives how many.

    Looks at consultations that turned in the last days. What somebody has worded, or sent for approval, stays.
    """
    since = now - TURNED_FOR
    turned = (
        Q(consultation__opens_at__range=(since, now))
        | Q(consultation__closes_at__range=(since, now + moments.SOON))
        | Q(consultation__answer_due_on__range=(clock.day(since), clock.day(now)))
        | Q(consultation__answered_at__range=(since, now))
        | Q(consultation__withdrawn_at__range=(since, now))
    )
    drafts = Post.objects.filter(turned, state=Post.State.DRAFT, occasion__startswith="consultation:")
    return sum(reword(post, now) for post in drafts.order_by("pk"))


def reword(post: Post, now: datetime) -> bool:
    """Words an untouched draft about a consultation as it is worded now; False when nothing is to be changed."""
    with transaction.atomic():
        row = Post.objects.select_for_update().get(pk=post.pk)
        if row.state != Post.State.DRAFT or row.outcome_id or row.consultation is None:
            return False
        if approvals.writers_since_approval(words.KIND, row.pk):
            return False
        pages, changed = _pages(row.consultation), False
        for version in row.versions.select_related("account"):
            page = pages.get(version.language)
            if page is None:
                continue
            before = version.text
            _set_words(version, page.title, _body(row.consultation, page, version.language, now))
            if version.text != before:
                version.save(update_fields=["text", "sha256"])
                changed = True
        if changed:
            audit.write("post.reworded", by=None, thing=f"post:{row.pk}")
    return changed


def ensure_feed(agency: Agency, *, now: datetime) -> ChannelAccount:
    """Every agency speaks in the site's own feed, in every language; nobody has to connect it."""
    account, _new = ChannelAccount.objects.get_or_create(
        agency=agency,
        channel="feed",
        base_url="",
        name=agency.slug,
        defaults={"languages": [code for code, _name in settings.LANGUAGES], "connected_at": now},
    )
    return account


def _once(
    subject: Consultation | Outcome,
    consultation: Consultation,
    *,
    title: str,
    by: Person | None,
    now: datetime,
) -> tuple[Post, bool]:
    outcome = subject if isinstance(subject, Outcome) else None
    noun = "outcome" if outcome else "consultation"
    values = {
        "agency": consultation.agency,
        "consultation": consultation,
        "outcome": outcome,
        "title": title,
        "created_by": by,
        "created_at": now,
    }
    try:
        return Post.objects.get_or_create(occasion=f"{noun}:{subject.translation_key}", defaults=values)
    except IntegrityError:
        return Post.objects.get(occasion=f"{noun}:{subject.translation_key}"), False


def _accounts(agency: Agency) -> list[ChannelAccount]:
    return list(ChannelAccount.objects.standing().filter(agency=agency))


def _pages(subject: Consultation | Outcome) -> dict[str, Any]:
    """The released pages of the subject, by language."""
    page = subject.page.specific
    found = page.get_translations(inclusive=True).filter(live=True).select_related("locale")
    pages = {each.locale.language_code: each.specific for each in found}
    return {page.locale.language_code: page, **pages}


def _word_it(
    post: Post,
    accounts: Iterable[ChannelAccount],
    pages: dict[str, Any],
    subject: Consultation | Outcome,
    now: datetime,
) -> None:
    source = post.consultation.language if post.consultation else settings.LANGUAGE_CODE
    for account in accounts:
        for language in account.languages or [source]:
            page = pages.get(language)
            if page is not None and not post.versions.filter(account=account, language=language).exists():
                body = _body(subject, page, language, now)
                _version(post, account, language, title=page.title, body=body, link=address_of(page), by=None)


def _version(
    post: Post,
    account: ChannelAccount,
    language: str,
    *,
    title: str,
    body: str,
    link: str,
    by: Person | None,
) -> PostVersion | None:
    version = PostVersion(post=post, account=account, language=language, title=title.strip(), link=link)
    _set_words(version, title, body)
    try:
        with transaction.atomic():
            version.save()
    except IntegrityError:
        return None
    if by is not None:
        approvals.note_writer(words.KIND, post.pk, person=by.pk, sha256=words.sha256_of(post))
    return version


def _set_words(version: PostVersion, title: str, body: str) -> None:
    account = version.account
    channel = words.channel_of(account)
    version.text = body
    if body and not channel.caps.titled:
        limit = account.limit or channel.caps.limit
        version.text = _fitting(channel, limit, title.strip(), body, version.link, version.language)
    version.sha256 = words.sha256_of_version(version)


def _fitting(channel: Any, limit: int | None, title: str, body: str, link: str, language: str) -> str:
    """Title and as much of the body as the network takes, cut between words."""
    for size in range(len(body), 0, -20):
        cut = body if size == len(body) else Truncator(body).chars(size, truncate=" …")
        text = f"{title}\n\n{cut}"
        parts = channel.compose(Message(title=title, text=text, link=link), language)
        if not limit or all(channel.count(part) <= limit for part in parts):
            return text
    return title


def _body(subject: Consultation | Outcome, page: Any, language: str, now: datetime) -> str:
    """The first words, taken from what was approved: nothing here is invented."""
    with translation.override(language):
        if isinstance(subject, Outcome):
            said, decision = page.said.strip(), _plain(page.decision)
            pieces = [_("You said: %(words)s") % {"words": said} if said else "", decision]
        else:
            pieces = [page.summary.strip(), moments.sentence(subject, now)]
    return "\n\n".join(piece for piece in pieces if piece)


def _plain(html: str) -> str:
    spaced = html.replace("</p>", "</p>\n").replace("<br", "\n<br").replace("</li>", "</li>\n")
    lines = [line.strip() for line in strip_tags(spaced).splitlines()]
    return Truncator("\n".join(line for line in lines if line)).chars(BODY)


def address_of(page: Any) -> str:
    """The page's address on the open internet."""
    _site, _root, path = page.get_url_parts() or (None, "", f"/{page.locale.language_code}/")
    return f"{settings.PUBLIC_URL}{path}"
