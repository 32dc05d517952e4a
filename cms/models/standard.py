"""Standing pages: accessibility, privacy, how we answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms import blocks
from consultations.models.approved import ApprovedPage


class StandardPage(ApprovedPage):
    """A page of text. “Show in menus” puts it into the foot of every page."""

    introduction = models.TextField(_("in one or two sentences"), max_length=400, blank=True)
    body = blocks.body(verbose_name=_("text"), blank=True)

    content_panels = [*ApprovedPage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]
    template = "cms/standard.html"
