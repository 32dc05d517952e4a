"""The way of one voice as a thread: received, decided, counted, read, answered, decided upon, done or late."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import queries, reasons
from consultations.models import Contribution, Outcome, OutcomeAnswer, OutcomePage, Response, Visibility
from consultations.queries.outcomes import page_of
from consultations.views import words
from foundation import clock

State = Contribution.State
Step = dict[str, Any]


class Circle:
    """One response with its contributions at one moment, for a reader of one language."""

    def __init__(
        self,
        response: Response,
        contributions: list[Contribution],
        language: str,
        now: datetime,
        request: HttpRequest | None = None,
    ) -> None:
        self.response, self.contributions = response, contributions
        self.consultation = response.consultation
        self.language, self.now, self.request = language, now, request
        self.listed = queries.listed([self.consultation], language, request)[0]

    @cached_property
    def outcome(self) -> Outcome | None:
        return queries.outcome_of(self.consultation)

    @cached_property
    def page(self) -> OutcomePage | None:
        return page_of(self.outcome, self.language) if self.outcome else None

    @cached_property
    def read_as(self) -> list[OutcomeAnswer]:
        """The themes as which any of its words were read, in a released outcome."""
        if self.outcome is None or self.response.state == Response.State.WITHDRAWN:
            return []
        keys = [c.pk for c in self.contributions if c.state in State.standing()]
        return list(
            self.outcome.answers.filter(voices__contribution__in=keys).distinct().order_by("position", "pk")
        )

    def themes(self) -> list[dict[str, Any]]:
        """Each theme with its official answer."""
        found = []
        for answer in self.read_as:
            said, language = queries.answer_words(answer, self.language, self.consultation.language)
            found.append({**said, "lang": language, "id": f"theme-{answer.key}"})
        return found

    def refused(self) -> list[dict[str, Any]]:
        """What is held, refused or removed, with its public reason."""
        return [
            {"contribution": c, "reason": reasons.words(c.reason)}
            for c in self.contributions
            if c.state in (State.HELD, State.REJECTED, State.REMOVED)
        ]

    def steps(self) -> list[Step]:
        """The thread of `components/thread.html`."""
        came = words.minute(self.response.submitted_at)
        steps = [
            {"state": "done", "title": _("Received"), "lines": [came, self.response.get_channel_display()]}
        ]
        if self.response.state == Response.State.WITHDRAWN:
            back = self.response.withdrawn_at
            return [
                *steps,
                {
                    "state": "done",
                    "title": _("Taken back by its author"),
                    "lines": [words.minute(back)] if back else [],
                },
            ]
        steps += self._decided()
        steps.append(self._counted())
        if self.outcome is None:
            return [*steps, self._promised()]
        return [*steps, self._read(), *self._answered(self.outcome), *self._promises()]

    def _decided(self) -> list[Step]:
        """One step for each thing that happened to some of its parts."""
        steps = []
        groups: dict[tuple[str, str], list[Contribution]] = {}
        for contribution in self.contributions:
            reason = contribution.reason if contribution.state in (State.REJECTED, State.REMOVED) else ""
            key = "waiting" if contribution.state in State.awaiting_decision() else contribution.state
            if key == State.COUNTED and self._secret(contribution):
                key = "secret"
            groups.setdefault((key, reason), []).append(contribution)
        for (key, reason), group in groups.items():
            step = self._fate(key, reason, group)
            if len(groups) > 1:
                step["lines"] = [self._parts(len(group)), *step.get("lines", [])]
            steps.append(step)
        return steps

    def _secret(self, contribution: Contribution) -> bool:
        question = contribution.question
        return question is not None and question.visibility == Visibility.CONFIDENTIAL

    def _parts(self, many: int) -> str:
        answers = ngettext("%(n)d of %(all)d answer", "%(n)d of %(all)d answers", len(self.contributions))
        return answers % {"n": many, "all": len(self.contributions)}

    def _fate(self, key: str, reason: str, group: list[Contribution]) -> Step:
        decided = group[0].decided_at
        on = [words.day(decided)] if decided else []
        if key == "waiting":
            hours = self.consultation.agency.moderation_hours
            turn = ngettext("Our turn, within %(n)d hour", "Our turn, within %(n)d hours", hours) % {
                "n": hours
            }
            return {"state": "now-official", "title": _("A moderator reads it"), "turn": turn, "lines": []}
        if key == State.PUBLISHED:
            return self._published(group[0], on)
        if key == State.REJECTED:
            return {
                "state": "late",
                "title": _("Not published"),
                "turn": reasons.words(reason),
                "lines": [*on, _("You can ask somebody outside the agency to look again; see below.")],
            }
        if key == State.REMOVED:
            return {"state": "late", "title": _("Removed"), "turn": reasons.words(reason), "lines": on}
        if key == "secret":
            return {
                "state": "done",
                "title": _("Kept confidential"),
                "lines": [_("Only the people who weigh the answers read it.")],
            }
        return {
            "state": "done",
            "title": _("Taken in to be counted"),
            "lines": [_("It is counted and summarised, and never shown.")],
        }

    def _published(self, contribution: Contribution, on: list[str]) -> Step:
        question = contribution.question
        if not contribution.may_publish:
            return {
                "state": "done",
                "title": _("Read by a moderator"),
                "lines": [*on, _("It is not shown, because its author did not allow that.")],
            }
        waits = question is not None and question.visibility == Visibility.AFTER_CLOSE
        if waits and not self.consultation.is_closed(self.now):
            until = _("It is shown when it closes, on %(day)s.") % {
                "day": words.day(self.consultation.closes_at)
            }
            return {"state": "done", "title": _("Read by a moderator"), "lines": [*on, until]}
        return {"state": "done", "title": _("Published"), "lines": on}

    def _counted(self) -> Step:
        """In which number it is counted."""
        if self.outcome is not None:
            figure = self.outcome.figures.filter(key="responses").first()
            book = queries.row_of(self.response, self.outcome)
            lines = []
            if figure is not None and self.response.channel != "social":
                lines.append(
                    _("One of %(n)s voices in the outcome, as of %(day)s.")
                    % {"n": _number(int(figure.value)), "day": words.day(figure.as_of)}
                )
            if book is not None:
                lines.append(_("Its row in the books: %(row)s.") % {"row": book.label})
            return {"state": "done", "title": _("Counted"), "lines": lines}
        many = max(1, self.consultation.response_count)
        as_of = self.consultation.counted_at or self.now
        line = ngettext("One of %(n)s voice, as of %(day)s.", "One of %(n)s voices, as of %(day)s.", many)
        return {
            "state": "done",
            "title": _("Counted"),
            "lines": [line % {"n": _number(many), "day": words.minute(as_of)}],
        }

    def _read(self) -> Step:
        labels = [theme.get("label", "") for theme in self.themes()]
        if labels:
            return {
                "state": "done",
                "title": _("Read as"),
                "lines": labels,
                "lines_lang": self.themes()[0]["lang"],
            }
        return {
            "state": "done",
            "title": _("Not read as a theme"),
            "lines": [_("It stands in the books under another row, and in the numbers.")],
        }

    def _answered(self, outcome: Outcome) -> list[Step]:
        released = outcome.released_at or self.now
        url = (self.page.get_url(self.request) if self.page else "") or ""
        lines = [words.day(released), words.timing(self.consultation.answer_due_on, released)]
        return [
            {
                "state": "done",
                "title": _("Answered and decided"),
                "lines": lines,
                "url": url,
                "link": _("Read the whole outcome"),
            }
        ]

    def _promised(self) -> Step:
        """Our answer is still to come."""
        due = words.day(self.consultation.answer_due_on)
        if self.consultation.is_overdue(self.now):
            days = (clock.day(self.now) - self.consultation.answer_due_on).days
            return {
                "state": "late",
                "title": _("Our answer"),
                "turn": words.days_late(max(1, days)),
                "lines": [_("It was promised by %(day)s.") % {"day": due}],
            }
        closed = self.consultation.is_closed(self.now)
        return {
            "state": "now-official" if closed else "next",
            "title": _("Our answer"),
            "turn": _("Promised by %(day)s") % {"day": due},
            "lines": [],
        }

    def _promises(self) -> list[Step]:
        """What was promised, and how far it is."""
        today = clock.day(self.now)
        if self.page is None:
            return []
        language = self.page.locale.language_code
        return [
            promise_step(promise, today) | {"lang": language} for promise in queries.promises_of(self.page)
        ]


def promise_step(promise: queries.Promise, today: Any) -> Step:
    """A promise as a knot of the thread: kept, under way, late or dropped."""
    by = _("%(who)s, by %(day)s") % {"who": promise.who, "day": words.day(promise.due)}
    lines = [by, promise.reason] if promise.reason else [by]
    if promise.state == "done":
        return {"state": "done", "title": promise.what, "lines": [_("Done"), *lines]}
    if promise.state == "dropped":
        return {"state": "late", "title": promise.what, "turn": _("Dropped"), "lines": lines}
    late = promise.days_late(today)
    if late:
        return {"state": "late", "title": promise.what, "turn": words.days_late(late), "lines": lines}
    if promise.state == "doing":
        return {"state": "now-official", "title": promise.what, "turn": _("In progress"), "lines": lines}
    return {"state": "next", "title": promise.what, "turn": _("Promised"), "lines": lines}


def _number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)
