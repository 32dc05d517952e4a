"""Who can be the second person hears that something waits, and nobody else."""

from django.core import mail

from consultations.models.approved import words_sha256
from notifications import services
from notifications.models import Letter
from tests.factories.consultations import draft_page, opened_agency
from tests.people import address, person


def submitted(page, by):
    page.get_workflow().start(page, by)
    return page


def test_approvers_of_the_agency_who_wrote_none_of_it_are_told(db, commit):
    agency = opened_agency()
    esha = person("esha", agency=agency)
    for name in ("anil", "greta", "mohan"):
        person(name, agency=agency)
    with commit():
        page = submitted(draft_page(agency=agency, editor=esha), esha)
    (letter,) = mail.outbox
    assert letter.to == [address("anil")]
    assert "Water at night" in letter.subject
    assert f"http://localhost:8000/admin/pages/{page.pk}/edit/" in letter.body


def test_an_approver_who_mended_a_comma_is_not_asked(db, commit):
    agency = opened_agency()
    esha, anil = person("esha", agency=agency), person("anil", agency=agency)
    page = draft_page(agency=agency, editor=esha)
    page.title = "Water at night,"
    page.save_revision(user=anil)
    with commit():
        submitted(page, esha)
    assert mail.outbox == []


def test_what_was_approved_meanwhile_is_not_announced_any_more_and_its_author_hears(db, now):
    agency = opened_agency()
    esha, anil = person("esha", agency=agency), person("anil", agency=agency)
    page = submitted(draft_page(agency=agency, editor=esha), esha)
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, anil, "approve", read=words_sha256(state.revision.content))
    ended = services.run_due(now)
    assert (ended["cancelled"], ended["sent"]) == (1, 1)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([address("esha")], "Approved: Water at night")


def test_its_author_hears_that_changes_are_asked_for_each_time(db, now):
    agency = opened_agency()
    esha, anil = person("esha", agency=agency), person("anil", agency=agency)
    page = submitted(draft_page(agency=agency, editor=esha), esha)
    for _time in range(2):
        state = page.current_workflow_task_state
        read = words_sha256(state.revision.content)
        state.task.specific.on_action(state, anil, "reject", read=read, comment="The dates, please.")
        services.run_due(now)
        page.current_workflow_state.resume(user=esha)
    told = [letter for letter in mail.outbox if letter.to == [address("esha")]]
    assert [letter.subject for letter in told] == ["Changes are asked for: Water at night"] * 2
    assert "The dates" not in told[0].body


def test_wagtail_itself_writes_to_nobody(db, root):
    root.email = "root@people.example"
    root.save()
    agency = opened_agency()
    esha = person("esha", agency=agency)
    submitted(draft_page(agency=agency, editor=esha), esha)
    assert mail.outbox == []


def test_a_lost_nudge_is_found_by_the_clock(db, now):
    agency = opened_agency()
    esha = person("esha", agency=agency)
    person("anil", agency=agency)
    submitted(draft_page(agency=agency, editor=esha), esha)
    Letter.objects.all().delete()
    assert services.run_due(now)["found"] == 1
    assert [letter.to for letter in mail.outbox] == [[address("anil")]]
