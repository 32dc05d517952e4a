"""Reads for the analyst's desk, and for the author who asks as what they were read."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from accounts.models import Person
from accounts.queries import agencies_of
from accounts.roles import Role
from analysis.models import Coding, ReadBack, Run, Theme
from consultations.models import Consultation, Contribution, Outcome, OutcomePage, Response
from consultations.queries import quote_key
from foundation import claims


def has_desk(person: object) -> bool:
    """Does this person analyse for some agency?"""
    return agencies_of(person, Role.ANALYST).exists()


def consultations_for(person: Person, now: datetime, *, q: str = "") -> QuerySet[Consultation]:
    """Closed consultations of the agencies for which this person analyses, with how many runs each has.

    Those without an answer come first, the first promised before the others; `q` narrows by words of the title.
    """
    mine = agencies_of(person, Role.ANALYST)
    closed = Consultation.objects.closed(now).filter(agency__in=mine, title__icontains=q)
    found = closed.select_related("agency").annotate(run_count=Count("runs"))
    return found.order_by(F("answered_at").asc(nulls_first=True), "answer_due_on", "pk")


def themes_of(run: Run) -> QuerySet[Theme]:
    """The run's themes that stand: neither dropped nor merged into another, the largest first."""
    standing = run.themes.filter(dropped_at__isnull=True, merged_into__isnull=True)
    return standing.annotate(size=Count("codings")).order_by("-size", "position", "pk")


def voices_of(theme: Theme) -> QuerySet[Coding]:
    """The voices read as this theme, the closest first."""
    return theme.codings.select_related("contribution__response").order_by("-weight", "contribution_id")


def unread(run: Run) -> QuerySet[Contribution]:
    """Readable voices of the consultation that stand in no theme of this run."""
    coded = Coding.objects.filter(theme__run=run, theme__dropped_at__isnull=True)
    words = Contribution.objects.readable().filter(consultation=run.consultation).exclude(text="")
    return words.exclude(pk__in=coded.values("contribution_id")).order_by("pk")


def told_run(consultation: Consultation) -> Run | None:
    """The run by which authors are told how they were read: that of the released outcome, else of the newest draft,
    else the newest that is done and in which a person has named a theme."""
    outcomes = Outcome.objects.filter(consultation=consultation)
    outcome = outcomes.filter(released_at__isnull=False).order_by("released_at").first()
    outcome = outcome or outcomes.order_by("-drafted_at", "-pk").first()
    runs = consultation.runs.filter(state=claims.DONE)
    if outcome is not None:
        of_it = runs.filter(themes__key__in=outcome.answers.values("key")).first()
        if of_it is not None:
            return of_it
    return runs.filter(themes__named_by_person=True).first()


def readings_of(response: Response, run: Run) -> list[Theme]:
    """The themes of a run as which words of this voice are read, and which a person has named."""
    said = response.contributions.readable()
    return list(_named(run).filter(codings__contribution__in=said).distinct().order_by("position", "pk"))


def voices_read(run: Run) -> QuerySet[Response]:
    """The voices that are read as at least one theme which a person has named."""
    read = Coding.objects.filter(theme__in=_named(run), contribution=OuterRef("pk"))
    said = Contribution.objects.readable().filter(Exists(read), response=OuterRef("pk"))
    return Response.objects.filter(
        Exists(said), consultation=run.consultation_id, state=Response.State.SUBMITTED
    )


def voices_to_ask(run: Run) -> QuerySet[Response]:
    """Of those, the voices whose authors have said nothing yet of how this run reads them."""
    said = ReadBack.objects.filter(theme__run=run, response=OuterRef("pk"))
    return voices_read(run).filter(~Exists(said))


def being_asked(now: datetime) -> QuerySet[Consultation]:
    """Closed consultations whose outcome is drafted and not released: their authors get a letter that asks.

    A page that an editor wrote without a draft asks nobody by letter: no theme of it was handed down, so it leads no
    voice to an answer, and nothing says that the analyst is done. The voice's own page asks there as anywhere.
    """
    drafted = Outcome.objects.filter(consultation=OuterRef("pk"), released_at__isnull=True)
    return Consultation.objects.closed(now).filter(Exists(drafted), answered_at__isnull=True)


def _named(run: Run) -> QuerySet[Theme]:
    return run.themes.filter(named_by_person=True, dropped_at__isnull=True, merged_into__isnull=True)


def words_read(read_back: ReadBack) -> QuerySet[Contribution]:
    """The words of this voice that are read as the theme."""
    said = read_back.response.contributions.readable()
    return said.filter(codings__theme=read_back.theme).order_by("pk")


def read_backs_for(person: Person) -> QuerySet[ReadBack]:
    """Authors' noes that wait for this analyst: nobody settled them, and they are still read so. Oldest first."""
    said = Contribution.objects.readable().filter(response=OuterRef("response"))
    still = Coding.objects.filter(theme=OuterRef("theme"), contribution__response=OuterRef("response"))
    waiting = ReadBack.objects.filter(
        Exists(still),
        Exists(said),
        rightly=False,
        verdict="",
        theme__dropped_at__isnull=True,
        response__state=Response.State.SUBMITTED,
        response__consultation__agency__in=agencies_of(person, Role.ANALYST),
    ).exclude(words="")
    return waiting.select_related("theme__run", "response__consultation").order_by("said_at", "pk")


@dataclass(frozen=True)
class Misplaced:
    """A quote in a draft, below a theme as which its words are not read any more."""

    page: OutcomePage
    theme: Theme
    quoted: Contribution


def misplaced_quotes(run: Run) -> list[Misplaced]:
    """What a correction left behind in drafts of the outcome, in each language; editors alone change their pages."""
    drafts = Outcome.objects.filter(consultation=run.consultation_id, released_at__isnull=True)
    pages = OutcomePage.objects.filter(translation_key__in=drafts.values("translation_key"), live=False)
    themes = {str(theme.key): theme for theme in run.themes.all()}
    named = [
        (page, themes[block.value["key"]], key)
        for page in (each.get_latest_revision_as_object() for each in pages.order_by("pk"))
        for block in page.themes
        if block.value["key"] in themes
        for key in map(quote_key, block.value["quotes"])
        if key is not None
    ]
    rows = Contribution.objects.filter(consultation=run.consultation_id, key__in={key for *_at, key in named})
    words = {row.key: row for row in rows}
    read = Coding.objects.filter(theme__run=run, contribution__in=rows)
    places = set(read.values_list("contribution__key", "theme"))
    return [
        Misplaced(page, theme, words[key])
        for page, theme, key in named
        if key in words and (key, theme.pk) not in places
    ]
