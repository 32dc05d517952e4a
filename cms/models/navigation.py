"""What stands in the masthead and in the foot besides what the rooms bring: pages, chosen and put in order."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable, Page


@register_setting(icon="list-ul")
class Navigation(BaseGenericSetting, ClusterableModel):
    """Which pages stand where. It holds no words of its own: a line is the title of a page that two people released.

    So it is in every language at once, and one administrator may change it.
    """

    panels = [
        HelpPanel(
            _(
                "A line shows a page's title in the reader's language, and is left out where the page does not stand "
                "in it. Pages with “Show in menus” stand under “Your rights” even when they are not named here."
            )
        ),
        InlinePanel("lines", heading=_("Pages in the masthead and in the foot")),
    ]

    class Meta:
        verbose_name = _("navigation and foot")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class NavigationLine(Orderable):
    """One page in one place."""

    class Place(models.TextChoices):
        DOOR = "door", _("Masthead: the last door (one, of a word or two)")
        TAKE_PART = "take_part", _("Foot: Take part")
        OUR_SIDE = "our_side", _("Foot: Our side of it")
        YOUR_RIGHTS = "your_rights", _("Foot: Your rights")

    navigation = ParentalKey(Navigation, on_delete=models.CASCADE, related_name="lines")
    place = models.CharField(_("where"), max_length=12, choices=Place, default=Place.YOUR_RIGHTS)
    page = models.ForeignKey(Page, models.CASCADE, related_name="+", verbose_name=_("page"))

    panels = [FieldPanel("place"), FieldPanel("page")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["navigation", "place", "page"], name="a_page_once_in_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()}: {self.page}"
