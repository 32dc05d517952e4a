"""The opening page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

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

    content_panels = [
        *ApprovedPage.content_panels,
        FieldPanel("headline"),
        FieldPanel("lede"),
        FieldPanel("body"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["consultations.AgencyPage", "cms.StandardPage", "cms.NewsIndexPage"]
    template = "cms/home.html"

    def stands_for_good(self) -> bool:
        return True
