"""Erasing a person: their words go, the link to them is cut; counts, events and the register stay whole."""

from accounts.models import Person
from consultations.models import Contribution, Draft, Participant, Response
from foundation import audit
from records.services import enter


def erase_traces(person: Person) -> None:
    """Empties every contribution of the person and cuts their participants loose, in the caller's transaction.

    What was only counted stays counted, without its words; what was shown is shown as removed.
    """
    Draft.objects.filter(person=person).delete()
    mine = Participant.objects.filter(person=person)
    keys = list(mine.values_list("pk", flat=True))
    words = Contribution.objects.filter(participant_id__in=keys)
    shown = [Contribution.State.PUBLISHED, Contribution.State.PENDING, Contribution.State.HELD]
    words.filter(state__in=shown).update(state=Contribution.State.REMOVED, reason="person_erased")
    words.update(text="", external_id="")
    for response in Response.objects.filter(participant_id__in=keys).exclude(paper=""):
        response.paper.delete(save=False)
    Response.objects.filter(participant_id__in=keys).update(
        organisation="", paper="", may_publish=False, may_quote=False
    )
    for participant in mine:
        Participant.objects.filter(pk=participant.pk).update(
            person=None, pseudonym=f"Erased {participant.pk}"
        )
    audit.write("person.erased", by=None, thing="person", participants=len(keys))
    enter("person_erased", participants=len(keys))
