"""The opening page."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel

from cms import blocks
from consultations.models.approved import ApprovedPage


class HomePage(ApprovedPage):
    """What everybody meets first, in one language. It is always there; its words change by two people.

    Numbers and lists on it are never written: the hall is asked each time.
    """

    shown_only_when_approved = False
    headline = models.CharField(
        _("first words"),
        max_length=120,
        blank=True,
        help_text=_("Left empty, the site's own words stand there."),
    )
    lede = models.TextField(_("what one can do here"), max_length=300, blank=True)
    body = blocks.body(verbose_name=_("more, below the lists"), blank=True)
    other_ways = models.TextField(
        _("other ways to take part"),
        max_length=400,
        blank=True,
        help_text=_(
            "In the foot of every page: telephone, hours, places. Left empty, the site's own words stand there."
        ),
    )
    alert_title = models.CharField(
        _("alert"),
        max_length=120,
        blank=True,
        help_text=_("Above every page: for danger and for dates that moved, never to promote."),
    )
    alert_text = models.TextField(_("what to know and to do"), max_length=400, blank=True)
    alert_page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("page that says more"),
    )
    alert_until = models.DateTimeField(_("until"), null=True, blank=True)

    content_panels = [
        *ApprovedPage.content_panels,
        FieldPanel("headline"),
        FieldPanel("lede"),
        FieldPanel("body"),
        FieldPanel("other_ways"),
        MultiFieldPanel(
            [
                FieldPanel("alert_title"),
                FieldPanel("alert_text"),
                PageChooserPanel("alert_page"),
                FieldPanel("alert_until"),
            ],
            _("Alert above every page"),
        ),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["consultations.AgencyPage", "cms.StandardPage", "cms.NewsIndexPage"]
    template = "cms/home.html"

    def clean(self) -> None:
        super().clean()
        if self.alert_title and not (self.alert_text and self.alert_until):
            raise ValidationError({"alert_title": _("An alert says what to do, and until when it stands.")})

    def stands_for_good(self) -> bool:
        return True
