"""What narrows a list of consultations: an agency, a topic, a language, each with how many it would leave."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.models import Agency
from consultations.models import About, AgencyPage, Consultation, Topic, Wording
from foundation.prepared import prepared


@dataclass(frozen=True)
class Narrow:
    """Slugs of an agency and a topic, and the code of a language; empty is any."""

    agency: str = ""
    topic: str = ""
    language: str = ""

    def of(self, rows: "QuerySet[Consultation]") -> "QuerySet[Consultation]":
        """Those of the rows that fit all of it; the order stays."""
        if self.agency:
            rows = rows.filter(agency__slug=self.agency)
        if self.topic:
            rows = rows.filter(
                Exists(About.objects.filter(consultation=OuterRef("pk"), topic__slug=self.topic))
            )
        if self.language:
            said = Wording.objects.filter(
                consultation=OuterRef("pk"), key="consultation", language=self.language
            )
            rows = rows.filter(Exists(said))
        return rows

    def chosen(self) -> dict[str, str]:
        """What is chosen, by name, as it stands in an address."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Kind:
    """One thing by which a list can be narrowed: its value in addresses, its words, how many it would leave."""

    value: str
    label: str
    count: int = 0


Kinds = dict[str, list[Kind]]


def kinds(asked: Mapping[str, str], language: str) -> tuple[Narrow, Kinds]:
    """All agencies that ever asked, topics and languages, and what of them is asked for; four queries.

    What an address names and nobody knows narrows nothing.
    """
    titles = dict(_titles(language))
    found = {
        "agency": [Kind(each.slug, titles.get(each.pk, each.name)) for each in _asking()],
        "topic": [Kind(topic.slug, topic.title_in(language)) for topic in _topics()],
        "language": [Kind(code, str(name)) for code, name in settings.LANGUAGES],
    }
    for name in ("agency", "topic"):
        found[name].sort(key=lambda kind: kind.label.casefold())
    chosen = {
        name: asked.get(name, "")
        for name, all_kinds in found.items()
        if any(kind.value == asked.get(name) for kind in all_kinds)
    }
    return Narrow(**chosen), found


@prepared
def _titles(language: str) -> "QuerySet[AgencyPage, tuple[int, str]]":
    return AgencyPage.objects.filter(locale__language_code=language).values_list("agency_id", "title")


@prepared
def _asking() -> "QuerySet[Agency]":
    return Agency.objects.filter(Exists(Consultation.objects.standing().filter(agency=OuterRef("pk"))))


@prepared
def _topics() -> "QuerySet[Topic]":
    return Topic.objects.prefetch_related("titles")


def counted(found: Kinds, narrow: Narrow, rows: "QuerySet[Consultation]") -> Kinds:
    """The same with how many of the rows each would leave beside what else is chosen; three queries."""
    left = {name: replace(narrow, **{name: ""}).of(rows).order_by() for name in found}
    said = Wording.objects.filter(key="consultation", consultation__in=left["language"])
    about = About.objects.filter(consultation__in=left["topic"])
    counts = {
        "agency": dict(left["agency"].values_list("agency__slug").annotate(Count("pk"))),
        "topic": dict(about.values_list("topic__slug").annotate(Count("pk"))),
        "language": dict(
            said.order_by().values_list("language").annotate(Count("consultation", distinct=True))
        ),
    }
    return {
        name: [replace(kind, count=counts[name].get(kind.value, 0)) for kind in all_kinds]
        for name, all_kinds in found.items()
    }
