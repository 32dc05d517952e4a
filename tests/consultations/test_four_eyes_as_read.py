"""Whoever decides decides about the words that they had before them: an old screen releases nothing."""

import re
from types import SimpleNamespace

import pytest
from django.urls import reverse
from wagtail.models import TaskState

from accounts.roles import Role
from accounts.services import appoint
from consultations.models import Consultation, ConsultationPage
from consultations.models.approved import SecondPersonTask, words_sha256
from consultations.services import ask_withdrawal, asked_reason, confirm_withdrawal
from foundation import clock
from foundation.errors import WrongState
from foundation.models import Approval
from tests.consultations import drafts

pytestmark = pytest.mark.django_db

CHANGED = "The words have changed since you opened this page. Read them again, then decide."
READ = re.compile(r'name="read" value="(\w+)"')


@pytest.fixture
def agency():
    return drafts.agency_with_pages()


@pytest.fixture
def waiting(agency, esha):
    """A page that waits, and the address of the second person's screen."""
    page = drafts.draft(agency, esha)
    drafts.send_for_approval(page, esha)
    screen = reverse("consultations_approve", args=[page.pk])
    return SimpleNamespace(agency=agency, page=page, screen=screen)


def shown(answer):
    """What the form on a screen carries of the words that it leads to."""
    return READ.search(answer.content.decode()).group(1)


def sent_back_and_rewritten(waiting, esha, chitra):
    """Another approver sends it back; its writer words it otherwise and sends it again."""
    appoint(chitra, agency=waiting.agency, role=Role.APPROVER, by=None, now=drafts.OPENS)
    other = drafts.signed_in(chitra)
    words = {"act": "reject", "comment": "The title, please.", "read": shown(other.get(waiting.screen))}
    assert other.post(waiting.screen, words).status_code == 302
    rewritten = drafts.fresh(waiting.page).get_latest_revision_as_object()
    rewritten.title = "Other words entirely"
    rewritten.save_revision(user=esha)
    drafts.fresh(waiting.page).current_workflow_state.resume(user=esha)


def still_waits(page):
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id=page.pk)
    released = ConsultationPage.objects.filter(live=True).exists() or Consultation.objects.exists()
    return states.exists() and not released and not Approval.objects.exists()


@pytest.mark.parametrize("act", ["approve", "reject"])
def test_an_old_screen_decides_nothing_and_shows_the_new_words(waiting, esha, anil, chitra, act):
    his = drafts.signed_in(anil)
    old = {"act": act, "comment": "My word to the writer", "read": shown(his.get(waiting.screen))}
    sent_back_and_rewritten(waiting, esha, chitra)
    answer = his.post(waiting.screen, old)
    assert still_waits(waiting.page)
    page = answer.content.decode()
    assert CHANGED in page and "My word to the writer" in page
    newest = drafts.fresh(waiting.page).latest_revision_id
    assert reverse("wagtailadmin_pages:revisions_view", args=[waiting.page.pk, newest]) in page
    assert his.post(waiting.screen, {**old, "read": shown(answer)}).status_code == 302
    live = drafts.fresh(waiting.page)
    assert (live.live, live.title) == (
        (True, "Other words entirely") if act == "approve" else (False, "Canal water")
    )


@pytest.mark.parametrize("read", [None, "", "0" * 64])
@pytest.mark.parametrize("act", ["approve", "reject"])
def test_who_does_not_say_what_was_read_decides_nothing(waiting, anil, act, read):
    words = {"act": act, "comment": "A word"} | ({} if read is None else {"read": read})
    assert CHANGED in drafts.signed_in(anil).post(waiting.screen, words).content.decode()
    assert still_waits(waiting.page)
    state = drafts.fresh(waiting.page).current_workflow_task_state
    with pytest.raises(WrongState, match="have changed"):
        state.task.specific.on_action(state, anil, act, **({} if read is None else {"read": read}))
    assert still_waits(waiting.page)


def test_words_changed_in_place_below_an_open_screen_are_not_released(waiting, esha, anil):
    his = drafts.signed_in(anil)
    old = {"act": "approve", "read": shown(his.get(waiting.screen))}
    drafts.changed_in_place(waiting.page, esha)
    assert CHANGED in his.post(waiting.screen, old).content.decode()
    assert still_waits(waiting.page)


def test_what_was_sent_anew_while_the_button_is_pressed_is_shown_at_once(
    waiting, esha, anil, chitra, monkeypatch
):
    act = SecondPersonTask.on_action

    def late(task, state, *args, **words):
        monkeypatch.setattr(SecondPersonTask, "on_action", act)
        sent_back_and_rewritten(waiting, esha, chitra)
        return act(task, state, *args, **words)

    his = drafts.signed_in(anil)
    old = {"act": "approve", "read": shown(his.get(waiting.screen))}
    monkeypatch.setattr(SecondPersonTask, "on_action", late)
    answer = his.post(waiting.screen, old)
    assert "does not wait" in answer.content.decode() and still_waits(waiting.page)
    assert shown(answer) == words_sha256(drafts.fresh(waiting.page).get_latest_revision().content)


def test_a_step_that_another_has_ended_is_not_ended_again(waiting, esha, anil, chitra):
    """As when both press at once: the step was read before the other's yes or no was there."""
    state = drafts.fresh(waiting.page).current_workflow_task_state
    read = shown(drafts.signed_in(anil).get(waiting.screen))
    sent_back_and_rewritten(waiting, esha, chitra)
    with pytest.raises(WrongState, match="does not wait"):
        state.task.specific.on_action(state, anil, "approve", read=read)
    assert still_waits(waiting.page)


@pytest.mark.parametrize("act", ["approve", "reject"])
def test_wagtails_own_ways_decide_nothing(waiting, anil, act):
    his = drafts.signed_in(anil)
    state = drafts.fresh(waiting.page).current_workflow_task_state
    for name in ("workflow_action", "collect_workflow_action_data"):
        way = reverse(f"wagtailadmin_pages:{name}", args=[waiting.page.pk, act, state.pk])
        his.post(way, {"comment": "A word"})
        assert still_waits(waiting.page), name
    edit = reverse("wagtailadmin_pages:edit", args=[waiting.page.pk])
    pressed = {"action-workflow-action": "true", "workflow-action-name": act}
    his.post(edit, drafts.form_of(waiting.page, **pressed))
    assert still_waits(waiting.page)


def test_wagtails_own_buttons_lead_to_the_screen(waiting, anil):
    his = drafts.signed_in(anil)
    edit = his.get(reverse("wagtailadmin_pages:edit", args=[waiting.page.pk])).content.decode()
    assert "data-workflow-action" not in edit and f'href="{waiting.screen}"' in edit
    state = drafts.fresh(waiting.page).current_workflow_task_state
    way = reverse("wagtailadmin_pages:workflow_action", args=[waiting.page.pk, "decide", state.pk])
    home = his.get(reverse("wagtailadmin_home")).content.decode()
    assert set(re.findall(r'data-workflow-action-url="([^"]+)"', home)) <= {way}
    assert waiting.screen in home
    assert his.post(way).url == waiting.screen
    assert still_waits(waiting.page)


def test_a_withdrawal_is_confirmed_for_the_reason_that_was_read(agency, esha, anil):
    drafts.released(agency, esha, anil)
    row, his = Consultation.objects.get(), drafts.signed_in(anil)
    screen = reverse("consultations_withdraw", args=[row.pk])
    ask_withdrawal(row, reason="law_changed", by=esha)
    old = {"act": "confirm", "read": shown(his.get(screen))}
    ask_withdrawal(row, reason="unsafe", by=esha)
    for words in (old, {"act": "confirm"}):
        answer = his.post(screen, words)
        row.refresh_from_db()
        assert row.withdrawn_at is None
        assert CHANGED in answer.content.decode()
    with pytest.raises(WrongState, match="have changed"):
        confirm_withdrawal(row, by=anil, read="law_changed", now=clock.now())
    assert (shown(answer), asked_reason(row)) == ("unsafe", "unsafe")
    his.post(screen, {"act": "confirm", "read": "unsafe"})
    row.refresh_from_db()
    assert row.withdrawn_reason == "unsafe"
