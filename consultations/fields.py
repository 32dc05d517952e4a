"""The StreamField that holds phases and their questions."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField

from consultations.instruments import instruments


class PhaseBlock(blocks.StructBlock):
    """A span of time and the questions that it opens."""

    title = blocks.CharBlock(label=_("What happens"), max_length=120)
    opens_at = blocks.DateTimeBlock(label=_("Opens"))
    closes_at = blocks.DateTimeBlock(label=_("Closes"))

    def __init__(self, **kwargs: Any) -> None:
        questions = blocks.StreamBlock(
            [(key, instrument.block()) for key, instrument in instruments.items()],
            label=_("Questions"),
            required=False,
        )
        super().__init__([("questions", questions)], **kwargs)

    class Meta:
        label = _("Phase")
        icon = "date"


class InstrumentField(StreamField):
    """A StreamField of phases whose migrations name no block: a new instrument is a file, not a migration."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        kwargs.pop("block_types", None)
        super().__init__([("phase", PhaseBlock())], **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, "consultations.fields.InstrumentField", [], kwargs
