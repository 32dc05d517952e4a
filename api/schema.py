"""What is asked and what is answered, by name and type. The description of the API is made from these."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from api import conf

State = Literal["open", "upcoming", "closed", "answered"]
Kind = Literal["answer", "idea", "comment", "heard"]
CODE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?$"
SLUG = r"^[-A-Za-z0-9_]{1,60}$"


class InLanguage(Schema):
    """The language in which words are wanted; where it is missing, those of the source are given."""

    language: str | None = Field(None, pattern=CODE, description="Code of a language of the site: en, hi, ar")


class WhichConsultations(InLanguage):
    """Narrows the list of consultations."""

    state: State | None = Field(None, description="Only those that are in this state now")
    agency: str | None = Field(None, pattern=SLUG, description="Slug of an agency")
    after: UUID | None = Field(None, description="Key of the last one of the page before")
    limit: int = Field(20, ge=1, le=conf.MOST)


class WhichContributions(Schema):
    """Narrows the list of contributions."""

    kind: Kind | None = None
    language: str | None = Field(None, pattern=CODE, description="Only words in this language")
    question: UUID | None = Field(None, description="Key of a question")
    after: UUID | None = Field(None, description="Key of the last one of the page before")
    limit: int = Field(20, ge=1, le=conf.MOST)


class Nothing(Schema):
    """No parameters."""


class AgencyOut(Schema):
    slug: str
    name: str


class ConsultationOut(Schema):
    key: UUID
    title: str
    summary: str
    language: str = Field(description="The language of title and summary")
    url: str
    agency: AgencyOut
    state: str
    opens_at: datetime
    closes_at: datetime
    first_closes_at: datetime = Field(description="As first announced")
    answer_due_on: date
    first_answer_due_on: date = Field(description="As first announced")
    answered_at: datetime | None
    participants: int
    responses: int
    counted_at: datetime | None = Field(description="When participants and responses were counted")


class OptionOut(Schema):
    key: str
    words: str
    retired: bool = Field(description="No longer offered; earlier answers keep it")


class QuestionOut(Schema):
    key: str
    instrument: str
    prompt: str
    hint: str
    language: str
    required: bool
    visibility: str
    opens_at: datetime
    closes_at: datetime
    options: list[OptionOut]
    settings: dict[str, Any]


class OutcomeOut(Schema):
    title: str
    language: str
    url: str
    released_at: datetime


class ConsultationDetail(ConsultationOut):
    questions: list[QuestionOut]
    outcomes: list[OutcomeOut]
    contributions: str = Field(description="Address of its published contributions")


class ImportedCountOut(Schema):
    source: str
    label: str
    number: int


class ContributionOut(Schema):
    key: UUID
    kind: Kind
    question: UUID | None
    reply_to: UUID | None
    author: str = Field(
        description="An organisation, or a name drawn for this consultation alone; never a person"
    )
    official: bool = Field(description="Said by the agency itself")
    language: str
    text: str
    published_at: datetime | None
    support: int
    comments: int
    counted_at: datetime | None
    imported_counts: list[ImportedCountOut] = Field(
        description="Counted by another system, never mixed with ours"
    )


class Consultations(Schema):
    items: list[ConsultationOut]
    next: str | None = Field(description="Address of the next page")


class Contributions(Schema):
    items: list[ContributionOut]
    next: str | None = Field(description="Address of the next page")


class Trouble(Schema):
    title: str
    message: str
