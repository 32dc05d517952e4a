"""News: what happened, on which day."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms import blocks
from consultations.models.approved import ApprovedPage


class NewsIndexPage(ApprovedPage):
    """The list of all news, the newest first."""

    introduction = models.TextField(_("in one or two sentences"), max_length=400, blank=True)

    content_panels = [*ApprovedPage.content_panels, FieldPanel("introduction")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage"]
    template = "cms/news_index.html"


class NewsPage(ApprovedPage):
    """One piece of news."""

    day = models.DateField(_("day"))
    introduction = models.TextField(_("in one or two sentences"), max_length=400)
    body = blocks.body(verbose_name=_("text"), blank=True)

    content_panels = [
        *ApprovedPage.content_panels,
        FieldPanel("day"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "cms/news.html"
