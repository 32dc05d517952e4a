"""What we posted, and where, as everybody may read it: the words, the place, who approved it by role, what came back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Agency, Membership
from accounts.roles import APPROVES_POSTS, WRITES_POSTS, Role
from foundation.errors import Words
from foundation.models import Approval
from outreach.channels.base import Part
from outreach.models import Delivery, Heard, PostVersion
from outreach.queries import FEED
from outreach.services.calls import part_of
from outreach.words import KIND, channel_of, parts_of


@dataclass(frozen=True)
class Standing:
    """One part of a post: its words, where it stands, and when and why it was taken back."""

    part: Part
    url: str = ""
    withdrawn_at: datetime | None = None
    reason: Words = ""


@dataclass(frozen=True)
class Told:
    """The words of a post for one account in one language, as they went out. Roles are codes; no person is in it."""

    version: PostVersion
    agency: Agency
    title: str
    channel: Words
    parts: Sequence[Standing]
    at: datetime
    submitted_as: str
    approved_as: str
    approved_at: datetime | None
    heard: int

    @property
    def withdrawn(self) -> Standing | None:
        """The first part that was taken back, if any."""
        return next((part for part in self.parts if part.withdrawn_at), None)


def told_versions(*, agency: Agency | None = None, channel: str = "") -> "QuerySet[PostVersion]":
    """What went out, the newest first, each with `told_at` and `heard_count`.

    Our own feed repeats what stands elsewhere: it is left out unless it is asked for by its channel.
    """
    went_out = Delivery.objects.filter(state__in=Delivery.State.told(), recipient_key="")
    first = went_out.filter(version=OuterRef("pk")).order_by("published_at").values("published_at")[:1]
    replies = Heard.objects.filter(delivery__version=OuterRef("pk")).order_by().values("delivery__version")
    found = PostVersion.objects.annotate(
        told_at=Coalesce(Subquery(first), F("recorded_at")),
        heard_count=Coalesce(
            Subquery(replies.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
        ),
    ).filter(told_at__isnull=False)
    if agency is not None:
        found = found.filter(account__agency=agency)
    found = found.filter(account__channel=channel) if channel else found.exclude(account__channel=FEED)
    parts = Prefetch(
        "deliveries", went_out.select_related("approval").order_by("part"), to_attr="parts_out_there"
    )
    return found.select_related("account__agency", "post").prefetch_related(parts).order_by("-told_at", "-pk")


def channels_told() -> list[str]:
    """Keys of the channels on which anything ever went out, in order."""
    went_out = Q(deliveries__state__in=Delivery.State.told(), deliveries__recipient_key="")
    found = PostVersion.objects.filter(went_out | Q(recorded_at__isnull=False))
    return sorted(set(found.order_by().values_list("account__channel", flat=True).distinct()))


def agencies_told() -> "QuerySet[Agency]":
    """Agencies of which anything ever went out."""
    went_out = Q(state__in=Delivery.State.told())
    return Agency.objects.filter(pk__in=Delivery.objects.filter(went_out).values("account__agency")).order_by(
        "name"
    )


def told(versions: Iterable[PostVersion]) -> list[Told]:
    """The rows of `told_versions` with all that is shown of each; the number of queries does not grow with them."""
    versions = list(versions)
    approvals = {version.pk: approval for version, approval in _approvals(versions)}
    held = _roles(list(approvals.values()))
    rows = []
    for version in versions:
        approval = approvals.get(version.pk)
        agency = version.account.agency
        rows.append(
            Told(
                version=version,
                agency=agency,
                title=version.title or version.post.title,
                channel=channel_of(version.account).label,
                parts=_parts(version),
                at=version.told_at,  # type: ignore[attr-defined]
                submitted_as=_role(held, approval, agency, "submitted_by", WRITES_POSTS),
                approved_as=_role(held, approval, agency, "approved_by", APPROVES_POSTS),
                approved_at=approval.approved_at if approval else None,
                heard=version.heard_count,  # type: ignore[attr-defined]
            )
        )
    return rows


def _parts(version: PostVersion) -> list[Standing]:
    """As they stand out there; a letter has no address, and its frozen words are those of its version."""
    out_there: list[Delivery] = version.parts_out_there  # type: ignore[attr-defined]
    if not out_there:
        return [Standing(part) for part in parts_of(version)]
    return [
        Standing(
            part_of(delivery),
            url=delivery.remote_url if delivery.state == Delivery.State.PUBLISHED else "",
            withdrawn_at=delivery.withdrawn_at if delivery.state == Delivery.State.WITHDRAWN else None,
            reason=delivery.get_withdrawn_reason_display(),
        )
        for delivery in out_there
    ]


def _approvals(versions: Sequence[PostVersion]) -> list[tuple[PostVersion, Approval]]:
    """The approval of each: of its own deliveries, or for letters the newest of the post before they went out."""
    things = {str(version.post_id) for version in versions}
    newest: dict[str, list[Approval]] = {}
    for approval in Approval.objects.filter(kind=KIND, thing__in=things).order_by("pk"):
        newest.setdefault(approval.thing, []).append(approval)
    found = []
    for version in versions:
        own = [delivery.approval for delivery in version.parts_out_there]  # type: ignore[attr-defined]
        before = [
            approval
            for approval in newest.get(str(version.post_id), [])
            if approval.approved_at <= version.told_at  # type: ignore[attr-defined]
        ]
        known = [each for each in own if each is not None] or before[-1:]
        if known:
            found.append((version, known[0]))
    return found


def _roles(approvals: Sequence[Approval]) -> list[Membership]:
    people = {key for approval in approvals for key in (approval.submitted_by, approval.approved_by)}
    return list(Membership.objects.filter(person__in=people).order_by("pk"))


def _role(
    held: Sequence[Membership], approval: Approval | None, agency: Agency, as_who: str, roles: Sequence[Role]
) -> str:
    """What gave this person the right when they used it; empty when nobody can tell any more."""
    if approval is None:
        return ""
    person, at = getattr(approval, as_who), approval.approved_at
    for membership in held:
        held_then = membership.since <= at and (membership.until is None or membership.until > at)
        of_theirs = membership.person_id == person and membership.agency_id == agency.pk
        if of_theirs and held_then and membership.role in roles:
            return membership.role
    return ""
