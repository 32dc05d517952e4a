"""A consultation in which something was said in every way that can be shown, and in every way that cannot."""

from consultations.models import Consultation, Contribution
from consultations.services import hold, publish, reject, remove
from foundation import clock
from tests.factories.consultations import (
    free_text,
    ideas,
    open_idea,
    open_response,
    published_comment,
    published_idea,
    released_consultation,
)
from tests.people import person


def asked_in_every_way(title: str) -> Consultation:
    """Open, with a question shown at once, one shown after the close, one only counted, a confidential one, and ideas."""
    return released_consultation(
        title=title,
        questions=[
            free_text("Shown at once?", visibility="at_once"),
            free_text("Shown later?", visibility="after_close"),
            free_text("Counted?", visibility="summarised"),
            free_text("Secret?", visibility="confidential"),
            ideas("What else?"),
        ],
    )


def shown_and_hidden(row: Consultation) -> dict[str, Contribution]:
    """What Asha, Ben and Chitra said: each text begins with `shown` or `hidden`. Gives the idea and the answer shown."""
    now = clock.now()
    voice = open_response(
        row,
        person("asha"),
        texts={0: "shown at once", 1: "hidden until the close", 2: "hidden, counted", 3: "hidden, secret"},
        may_publish=True,
    ).response
    for contribution in voice.contributions.filter(state="pending"):
        publish(contribution, by=None, now=now)
    unwilling = open_response(row, person("ben"), texts={0: "hidden by its author"}).response
    publish(unwilling.contributions.get(), by=None, now=now)
    idea = published_idea(row, person("ben"), "shown idea")
    published_comment(idea, person("chitra"), "shown comment")
    open_idea(row, person("asha"), "hidden, pending")
    hold(open_idea(row, person("asha"), "hidden, held"), reason="check_links", by=None, now=now)
    reject(open_idea(row, person("asha"), "hidden, rejected"), reason="spam", by=None, now=now)
    remove(published_idea(row, person("asha"), "hidden, removed"), reason="threat", by=None, now=now)
    return {"idea": idea, "answer": voice.contributions.get(question__visibility="at_once")}
