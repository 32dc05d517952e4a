"""What waits is told by each room, the overdue first, and nothing is told of nothing."""

from datetime import UTC, datetime

from foundation import desk
from foundation.desk import Waiting

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_what_is_overdue_comes_first_and_what_is_nothing_does_not_come(monkeypatch):
    told = []

    def one(person, now):
        told.append((person, now))
        return [Waiting("quiet", 2, "/quiet/"), Waiting("none", 0, "/none/")]

    def other(person, now):
        yield Waiting("late", 3, "/late/", overdue=1)

    monkeypatch.setattr(desk, "_sources", [one, other])
    assert [line.words for line in desk.waiting_for("Priya", NOW)] == ["late", "quiet"]
    assert told == [("Priya", NOW)]


def test_a_menu_item_is_shown_to_those_whom_it_is_for(rf):
    item = desk.ShownTo("Posts", "/posts/", to=lambda person: person == "Priya")
    request = rf.get("/")
    for who, shown in (("Priya", True), ("Greta", False)):
        request.user = who
        assert item.is_shown(request) is shown
