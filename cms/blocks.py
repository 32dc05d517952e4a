"""What a standing page can be made of: few, plain blocks."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

FEATURES = ["bold", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.StructBlock):
    """A heading below the page's own."""

    text = blocks.CharBlock(label=_("Heading"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("How deep"), choices=[("2", _("A part")), ("3", _("Within a part"))], default="2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "cms/blocks/heading.html"


class ParagraphBlock(blocks.RichTextBlock):
    """Text with links, lists and bold words."""

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        template = "cms/blocks/paragraph.html"


class PictureBlock(blocks.StructBlock):
    """A picture, which nobody can put in without saying what is on it."""

    image = ImageChooserBlock(label=_("Picture"))
    alternative = blocks.CharBlock(
        label=_("What is on it, for people who cannot see it"), max_length=250, required=True
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "cms/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("Their words"))
    who = blocks.CharBlock(label=_("Who said it"), max_length=200, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "cms/blocks/quote.html"


def body(**more: object) -> StreamField:
    """The field of a page's text."""
    return StreamField(
        [
            ("heading", HeadingBlock()),
            ("paragraph", ParagraphBlock(features=FEATURES)),
            ("picture", PictureBlock()),
            ("quote", QuoteBlock()),
        ],
        **more,
    )
