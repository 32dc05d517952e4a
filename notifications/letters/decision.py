"""What a moderator decided about somebody's words, why, and how to have it looked at again.

Told are: every refusal; the publication of an idea that waited, which has a page from then on; and the publication
of anything that a moderator or a screen had held, or that was refused before.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.apps import apps
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import queries, reasons
from consultations.models import Contribution
from consultations.services import code_of
from notifications import conf
from notifications.letters import letters
from notifications.letters.base import Due, Part, Words, code, goes, head, here, quote, says
from notifications.models import Letter

Kind = Contribution.Kind
State = Contribution.State
NOBODY_DECIDED = ("gone_at_origin", "person_erased")
"""Reasons under which something goes without a moderator."""

SUBJECTS = {
    (State.PUBLISHED, Kind.IDEA): gettext_lazy("Your idea is published: %(title)s"),
    (State.PUBLISHED, Kind.COMMENT): gettext_lazy("Your comment is published: %(title)s"),
    (State.PUBLISHED, Kind.ANSWER): gettext_lazy("Your answer is no longer held back: %(title)s"),
    (State.REJECTED, Kind.IDEA): gettext_lazy("Your idea was not published: %(title)s"),
    (State.REJECTED, Kind.COMMENT): gettext_lazy("Your comment was not published: %(title)s"),
    (State.REJECTED, Kind.ANSWER): gettext_lazy("Your answer was not published: %(title)s"),
    (State.REMOVED, Kind.IDEA): gettext_lazy("Your idea was taken away: %(title)s"),
    (State.REMOVED, Kind.COMMENT): gettext_lazy("Your comment was taken away: %(title)s"),
    (State.REMOVED, Kind.ANSWER): gettext_lazy("Your answer was taken away: %(title)s"),
}


class Decision:
    """To the author of the words."""

    key: ClassVar[str] = "decision"
    group: ClassVar[str] = "decisions"
    may_be_left: ClassVar[bool] = True
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        if letter.person_id is None:
            return None
        said = Contribution.objects.filter(participant__person_id=letter.person_id)
        said = said.select_related("consultation__agency", "response", "participant")
        contribution = said.filter(pk=letter.facts.get("contribution")).first()
        if contribution is None:
            return None
        if contribution.state != letter.facts.get("state") or thing_of(contribution) != letter.thing:
            return None
        subject = SUBJECTS.get((State(contribution.state), Kind(contribution.kind)))
        if subject is None:
            return None
        listed = queries.listed([contribution.consultation], letter.language)[0]
        receipt = code_of(contribution.response)
        where = here("consultations:voice", receipt) if receipt else here("consultations:find_voice")
        about = says(_("It is about “%(title)s”.") % {"title": listed.title})
        parts = (
            _published(contribution, where)
            if contribution.state == State.PUBLISHED
            else _refused(contribution, receipt, where)
        )
        return Words(subject=str(subject) % {"title": listed.title}, parts=[about, *parts])

    def missing(self, now: datetime) -> Iterable[Due]:
        decided = Contribution.objects.filter(decided_at__gte=now - conf.LOOKS_BACK)
        rows = decided.filter(told()).select_related("participant").order_by("pk")
        return (owed(row) for row in rows.distinct().iterator(chunk_size=500))


def told() -> Q:
    """The contributions whose author gets a letter about what was decided last."""
    refused = Q(state__in=[State.REJECTED, State.REMOVED]) & ~Q(reason__in=NOBODY_DECIDED)
    waited = Q(state=State.PUBLISHED, decided_at__gt=F("received_at"))
    surprising = Q(kind=Kind.IDEA) | Q(Exists(_refused_before())) | _held()
    owed_to = Q(refused | (waited & surprising), participant__person__isnull=False, official=False)
    return owed_to & ~_told_as_an_appeal()


def due(contribution: Contribution) -> Due | None:
    """The letter that is owed for what was decided last; None when its author waits for none."""
    row = Contribution.objects.filter(told(), pk=contribution.pk).select_related("participant").first()
    return owed(row) if row is not None else None


def owed(contribution: Contribution) -> Due:
    """The letter about a contribution that is `told`."""
    return Due(
        thing=thing_of(contribution),
        person=contribution.participant.person_id or 0,
        language=contribution.language,
        facts={"contribution": contribution.pk, "state": contribution.state},
    )


def thing_of(contribution: Contribution) -> str:
    """The decision itself: another one about the same words is another letter."""
    moment = int(contribution.decided_at.timestamp()) if contribution.decided_at else 0
    return f"contribution:{contribution.pk}:{contribution.state}:{moment}"


def _refused_before() -> "QuerySet[Letter]":
    begins = Concat(
        Value("contribution:"),
        Cast(OuterRef("pk"), CharField()),
        Value(f":{State.REJECTED}:"),
        output_field=CharField(),
    )
    return Letter.objects.filter(occasion=Decision.key, thing__startswith=begins)


def _held() -> Q:
    """Held on the moderators' desk, by a screen or by a person; never, where that room is not installed."""
    if not apps.is_installed("moderation"):
        return Q(pk__in=[])
    return Q(case__held_by__gt="") | Q(case__decisions__verdict="hold")


def _told_as_an_appeal() -> Q:
    """Shown because an appeal succeeded: the letter about the appeal says so."""
    if not apps.is_installed("moderation"):
        return Q(pk__in=[])
    succeeded = apps.get_model("moderation", "Review").objects.reversals().appeals()
    return Q(state=State.PUBLISHED) & Q(
        Exists(succeeded.filter(contribution=OuterRef("pk"), decided_at=OuterRef("decided_at")))
    )


def _published(contribution: Contribution, where: str) -> list[Part]:
    if contribution.kind == Kind.ANSWER:
        said = _("A moderator has read it. It is shown as far as its question, and you, allow.")
    else:
        said = _("A moderator has read it, and everybody can read it now.")
    return [says(said), goes(_("See where it stands"), where)]


def _refused(contribution: Contribution, receipt: str, where: str) -> list[Part]:
    return [
        head(_("Why")),
        quote(reasons.words(contribution.reason)),
        says(
            _(
                "Being against a plan is never a reason. What you said is kept, and only its publication is refused."
            )
        ),
        head(_("If you think that this is wrong")),
        says(
            _(
                "Appeal on the page of your voice, once, in your own words. Somebody outside the agency looks again. "
                "The page shows you your own words when you sign in."
            )
        ),
        *([code(receipt)] if receipt else []),
        goes(_("Open the page of my voice"), where),
    ]


letters.register(Decision())
