"""How an appeal ended: the verdict, its reason, and the ombuds moderator's words, to whoever appealed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.apps import apps
from django.utils.translation import gettext as _

from consultations import queries, reasons
from consultations.services import code_of
from notifications import conf
from notifications.letters import letters
from notifications.letters.base import Due, Words, goes, head, here, language_of, quote, says
from notifications.models import Letter


class AppealDecided:
    """The last word on it; a reversal is told here and not by the letter about decisions."""

    key: ClassVar[str] = "appeal_decided"
    group: ClassVar[str] = "decisions"
    may_be_left: ClassVar[bool] = True
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        if letter.person_id is None:
            return None
        mine = _decided().filter(contribution__participant__person_id=letter.person_id)
        found = mine.select_related("contribution__consultation__agency", "contribution__response")
        review = found.filter(pk=letter.facts.get("review")).first()
        if review is None:
            return None
        contribution = review.contribution
        listed = queries.listed([contribution.consultation], letter.language)[0]
        receipt = code_of(contribution.response)
        where = here("consultations:voice", receipt) if receipt else here("consultations:find_voice")
        if review.verdict == "reversed":
            subject = _("Your appeal succeeded: %(title)s")
            said = _(
                "The ombuds moderator reversed the decision. Your words are shown as far as their question, and you, allow."
            )
        else:
            subject = _("Your appeal was decided: %(title)s")
            said = _("The ombuds moderator looked again, outside the agency. The decision stands.")
        return Words(
            subject=subject % {"title": listed.title},
            parts=[
                says(said),
                head(_("Why")),
                quote(reasons.words(review.reason)),
                *([quote(review.answer)] if review.answer else []),
                goes(_("Open the page of my voice"), where),
            ],
        )

    def missing(self, now: datetime) -> Iterable[Due]:
        rows = _decided().filter(decided_at__gte=now - conf.LOOKS_BACK)
        for review in rows.select_related("contribution__participant").order_by("pk"):
            yield from owed(review)


def owed(review: Any) -> Iterable[Due]:
    """The letter to whoever appealed, as long as it is known who that was."""
    person = review.contribution.participant.person_id
    if person is not None and review.source == "appeal":
        yield Due(
            thing=f"review:{review.pk}",
            person=person,
            language=language_of(review.language),
            facts={"review": review.pk},
        )


def _decided() -> Any:
    """Appeals that are decided; none where that room is not installed."""
    if not apps.is_installed("moderation"):
        return Letter.objects.none()
    return apps.get_model("moderation", "Review").objects.appeals().filter(decided_at__isnull=False)


letters.register(AppealDecided())
