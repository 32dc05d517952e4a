"""What editors write: an agency's page, its consultations and their outcomes, in every language."""

from datetime import datetime
from typing import Any

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from accounts.models import Agency
from consultations import seams, structure
from consultations.fields import InstrumentField
from consultations.models.approved import ApprovedPage
from consultations.models.outcomes import Outcome
from consultations.models.subjects import Consultation
from consultations.models.topics import Topic
from foundation.models import Approval

PLAIN_TEXT = ["h2", "h3", "bold", "ol", "ul", "link", "document-link", "blockquote"]


class AgencyPage(ApprovedPage):
    """An agency's own page in one language. `consultations.services.open_agency` makes it."""

    is_creatable = False  # at the desk: an agency is opened as a whole
    shown_only_when_approved = False
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    introduction = RichTextField(_("what the agency does"), features=PLAIN_TEXT, blank=True)

    content_panels = [*ApprovedPage.content_panels, FieldPanel("introduction")]
    subpage_types = ["consultations.ConsultationPage"]
    template = "consultations/agency.html"

    def asking_agency(self) -> Agency:
        return self.agency

    def stands_for_good(self) -> bool:
        return True

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | seams.context_of(self, request)


class ConsultationPage(ApprovedPage):
    """What is asked, in one language. Structure and dates come from the language that it was first written in."""

    summary = models.TextField(_("in one or two sentences"), max_length=400)
    body = RichTextField(_("what is being decided, and what is not open"), features=PLAIN_TEXT, blank=True)
    phases = InstrumentField(verbose_name=_("phases and questions"), blank=True)
    answer_due_on = models.DateField(_("we answer by"))
    answered_by = models.CharField(_("who will answer (name and office)"), max_length=200)
    topics = ParentalManyToManyField(
        Topic,
        verbose_name=_("topics"),
        blank=True,
        related_name="+",
        help_text=_(
            "Where people find it. Taken from the page in the language that it was first written in."
        ),
    )
    moderation = models.CharField(
        max_length=10,
        choices=[
            ("before", _("Read by a moderator before it is shown")),
            ("after", _("Shown at once, read by a moderator afterwards")),
        ],
        default="before",
    )

    content_panels = [
        *ApprovedPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        MultiFieldPanel(
            [FieldPanel("answer_due_on"), FieldPanel("answered_by"), FieldPanel("moderation")],
            _("Our promise"),
        ),
        FieldPanel("phases"),
    ]
    settings_panels: list[Any] = [
        FieldPanel("go_live_at"),
        HelpPanel(_("A second person approves before it opens.")),
    ]
    parent_page_types = ["consultations.AgencyPage"]
    subpage_types = ["consultations.OutcomePage"]
    template = "consultations/detail.html"

    def asking_agency(self) -> Agency | None:
        parent = self.get_parent()
        return parent.specific.agency if parent and isinstance(parent.specific, AgencyPage) else None

    def stands_for_good(self) -> bool:
        return Consultation.objects.filter(translation_key=self.translation_key).exists()

    def clean(self) -> None:
        super().clean()
        structure.check(self)

    def on_release(self, approval: Approval, now: datetime) -> None:
        seams.released(self, approval, now)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | seams.context_of(self, request)


class FigureBlock(blocks.StructBlock):
    """A number by reference: it is asked of the data, shown with its moment, and frozen at release."""

    figure = blocks.CharBlock(label=_("Figure"), help_text=_("For example `responses` or `theme:<key>`"))
    caption = blocks.CharBlock(label=_("What it counts"), max_length=200)

    class Meta:
        icon = "order"
        label = _("Number")


class ThemeBlock(blocks.StructBlock):
    """One theme of what was said, quotes by reference, and the official answer to it."""

    key = blocks.CharBlock(label=_("Key"), max_length=36)
    label = blocks.CharBlock(label=_("What people said, in a line"), max_length=200)
    summary = blocks.TextBlock(label=_("What people said"), required=False)
    quotes = blocks.ListBlock(
        blocks.CharBlock(label=_("Contribution"), max_length=36), label=_("Quoted voices")
    )
    answer = blocks.TextBlock(label=_("Our answer to this"), required=False)

    class Meta:
        icon = "comment"
        label = _("Theme")


class PromiseBlock(blocks.StructBlock):
    """Something that will be done, by whom and by when, and how far it is."""

    what = blocks.CharBlock(label=_("What will be done"), max_length=300)
    who = blocks.CharBlock(label=_("By whom"), max_length=200)
    due = blocks.DateBlock(label=_("By when"))
    state = blocks.ChoiceBlock(
        label=_("How far it is"),
        choices=[
            ("promised", _("Promised")),
            ("doing", _("In progress")),
            ("done", _("Done")),
            ("dropped", _("Dropped")),
        ],
        default="promised",
    )
    reason = blocks.CharBlock(label=_("Why it changed"), max_length=300, required=False)

    class Meta:
        icon = "tick"
        label = _("Promise")


class OutcomePage(ApprovedPage):
    """What people said, what was decided, and what becomes of it. No machine writes the decision."""

    asked = models.TextField(_("we asked"), blank=True)
    said = models.TextField(_("you said"), blank=True)
    figures = StreamField([("figure", FigureBlock())], blank=True, verbose_name=_("numbers"))
    themes = StreamField([("theme", ThemeBlock())], blank=True, verbose_name=_("themes and our answers"))
    decision = RichTextField(_("what we decided, and why"), features=PLAIN_TEXT, blank=True)
    decided_by = models.CharField(_("who decided (name and office)"), max_length=200, blank=True)
    promises = StreamField([("promise", PromiseBlock())], blank=True, verbose_name=_("what happens next"))

    content_panels = [
        *ApprovedPage.content_panels,
        FieldPanel("asked"),
        FieldPanel("said"),
        FieldPanel("figures"),
        FieldPanel("themes"),
        FieldPanel("decision"),
        FieldPanel("decided_by"),
        FieldPanel("promises"),
    ]
    settings_panels: list[Any] = [FieldPanel("go_live_at")]
    parent_page_types = ["consultations.ConsultationPage"]
    subpage_types: list[str] = []
    template = "consultations/outcome.html"

    def asking_agency(self) -> Agency | None:
        parent = self.get_parent()
        return parent.specific.asking_agency() if parent else None

    def stands_for_good(self) -> bool:
        return Outcome.objects.filter(
            translation_key=self.translation_key, released_at__isnull=False
        ).exists()

    def on_release(self, approval: Approval, now: datetime) -> None:
        seams.released(self, approval, now)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | seams.context_of(self, request)


HALL_PAGES: tuple[type[Page], ...] = (AgencyPage, ConsultationPage, OutcomePage)
