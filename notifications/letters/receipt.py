"""The receipt: what came in, the code that opens its page, and what happens next."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import queries
from consultations.models import Contribution, Response
from consultations.services import code_of
from consultations.views import words
from notifications import conf
from notifications.letters import letters
from notifications.letters.base import Due, Part, Words, code, goes, head, here, says
from notifications.models import Letter


class Receipt:
    """One for each response, to whoever gave it."""

    key: ClassVar[str] = "receipt"
    group: ClassVar[str] = "receipts"
    may_be_left: ClassVar[bool] = False
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        response = mine(letter)
        if response is None or response.state != Response.State.SUBMITTED:
            return None
        receipt = code_of(response)
        if not receipt:
            return None
        listed = queries.listed([response.consultation], letter.language)[0]
        return Words(
            subject=_("We have your words: %(title)s") % {"title": listed.title},
            parts=[
                says(
                    _("Thank you. What you said came in on %(moment)s, under “%(title)s”.")
                    % {"moment": words.minute(response.submitted_at), "title": listed.title}
                ),
                says(
                    _("This is your receipt. Keep it: whoever has it can follow what becomes of your words.")
                ),
                code(receipt),
                goes(_("See where it stands"), here("consultations:voice", receipt)),
                head(_("What happens next")),
                *_next(response, now),
            ],
        )

    def missing(self, now: datetime) -> Iterable[Due]:
        written = Letter.objects.filter(
            occasion=self.key,
            thing=Concat(Value("response:"), Cast(OuterRef("pk"), CharField()), output_field=CharField()),
        )
        came = Response.objects.filter(
            ~Exists(written),
            state=Response.State.SUBMITTED,
            participant__person__isnull=False,
            submitted_at__gte=now - conf.LOOKS_BACK,
        ).select_related("participant")
        return (due(response) for response in came.order_by("pk").iterator(chunk_size=500))


def due(response: Response) -> Due:
    """The receipt that is owed for a response whose person is known."""
    return Due(
        thing=f"response:{response.pk}",
        person=response.participant.person_id or 0,
        language=response.language,
        facts={"response": response.pk},
    )


def mine(letter: Letter) -> Response | None:
    """The response that a letter is about, while it is still its person's."""
    if letter.person_id is None:
        return None
    found = Response.objects.filter(pk=letter.facts.get("response"), participant__person_id=letter.person_id)
    return found.select_related("consultation__agency", "participant").first()


def _next(response: Response, now: datetime) -> list[Part]:
    consultation = response.consultation
    said = []
    if response.contributions.filter(state__in=Contribution.State.awaiting_decision()).exists():
        hours = consultation.agency.moderation_hours
        within = ngettext(
            "A moderator reads it within %(n)d hour. If it is not published, we write to you and say why.",
            "A moderator reads it within %(n)d hours. If it is not published, we write to you and say why.",
            hours,
        )
        said.append(says(within % {"n": hours}))
    if not consultation.is_closed(now):
        said.append(
            says(_("People can answer until %(moment)s.") % {"moment": words.minute(consultation.closes_at)})
        )
    said.append(
        says(
            _("%(agency)s answers by %(day)s. You then get a letter with the answer to what you said.")
            % {"agency": consultation.agency.name, "day": words.day(consultation.answer_due_on)}
        )
    )
    return said


letters.register(Receipt())
