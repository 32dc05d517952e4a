"""What a page of the centre can be made of: few, plain blocks. None of them asks another site for anything."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

from foundation.listings import choices, listings

FEATURES = ["bold", "ol", "ul", "link", "document-link"]
VIDEOS = (".mp4", ".webm")
BOM = b"\xef\xbb\xbf"


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


class VideoBlock(blocks.StructBlock):
    """A video of our own, which nobody can put in without captions and without its words."""

    title = blocks.CharBlock(label=_("What it shows, in a line"), max_length=200)
    file = DocumentChooserBlock(label=_("Video file (MP4 or WebM)"))
    captions = DocumentChooserBlock(
        label=_("Captions (a WebVTT file)"),
        help_text=_("For everybody who cannot hear it, or has the sound off."),
    )
    language = blocks.ChoiceBlock(label=_("Language of the captions"), choices=settings.LANGUAGES)
    words = blocks.TextBlock(
        label=_("Everything that is said and shown, to be read instead"),
        help_text=_("For everybody who cannot see it, or whose line is too slow."),
    )
    poster = ImageChooserBlock(label=_("Picture before it plays"), required=False)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        wrong = {}
        if not value["file"].filename.lower().endswith(VIDEOS):
            wrong["file"] = ValidationError(_("Choose a file that ends with .mp4 or .webm."))
        if not _is_webvtt(value["captions"]):
            wrong["captions"] = ValidationError(
                _("These are no captions: the file ends with .vtt and begins with the word WEBVTT.")
            )
        if wrong:
            raise StructBlockValidationError(block_errors=wrong)
        return value

    class Meta:
        icon = "media"
        label = _("Video")
        template = "cms/blocks/video.html"


class ElsewhereBlock(blocks.StructBlock):
    """Something that another site shows: a link with a title, never the other site inside ours."""

    url = blocks.URLBlock(label=_("Address"), max_length=500)
    title = blocks.CharBlock(label=_("What one finds there"), max_length=200)
    poster = ImageChooserBlock(label=_("Picture of it, kept here"), required=False)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if urlsplit(value["url"]).scheme != "https":
            wrong = {"url": ValidationError(_("The address begins with https://."))}
            raise StructBlockValidationError(block_errors=wrong)
        return value

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "host": urlsplit(value["url"]).hostname or ""}

    class Meta:
        icon = "link-external"
        label = _("On another site")
        template = "cms/blocks/elsewhere.html"


class ListBlock(blocks.StructBlock):
    """A list that rooms keep: consultations, ideas, outcomes. It is asked anew each time the page is read."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    what = blocks.ChoiceBlock(label=_("What is listed"), choices=choices)
    most = blocks.IntegerBlock(label=_("How many at most"), min_value=1, max_value=12, default=5)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        listing = listings.get(value["what"])
        if listing is None:
            return {**context, "rows": [], "more": ""}
        rows = listing.rows((parent_context or {}).get("request"), value["most"])
        return {**context, "rows": rows, "more": listing.more}

    class Meta:
        icon = "list-ul"
        label = _("List of consultations, ideas or outcomes")
        template = "cms/blocks/list.html"


def body(**more: object) -> StreamField:
    """The field of a page's text."""
    return StreamField(
        [
            ("heading", HeadingBlock()),
            ("paragraph", ParagraphBlock(features=FEATURES)),
            ("picture", PictureBlock()),
            ("video", VideoBlock()),
            ("quote", QuoteBlock()),
            ("list", ListBlock()),
            ("elsewhere", ElsewhereBlock()),
        ],
        **more,
    )


def _is_webvtt(document: Any) -> bool:
    """Does this file hold captions as browsers read them?"""
    if not document.filename.lower().endswith(".vtt"):
        return False
    with document.file.open("rb") as file:
        return bool(file.read(16).removeprefix(BOM).startswith(b"WEBVTT"))
