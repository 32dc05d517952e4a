"""What every answer is made of: fields that say what they mean and show an example of themselves.

The description of the API, the pages of help and the heads of the tables are made from these; so none of them can
say something else than the answers.
"""

from typing import Annotated, Any, get_args, get_origin

from ninja import Field, Schema
from pydantic import ConfigDict, create_model
from pydantic.fields import FieldInfo

from api import conf

CODE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?$"
SLUG = r"^[-A-Za-z0-9_]{1,60}$"
UUID_KEY = "0b0c3a52-6f0f-4a55-9d52-0d6f5f2f5a11"
OTHER_KEY = "6d0b6d3e-2f2b-4a57-8f8e-0d1f4f1c7b22"
MOMENT = "2026-11-21T09:00:00Z"


def means(words: str, example: Any = None) -> Any:
    """A field that says what it means. A field made of other items takes its example from them."""
    return Field(description=words, examples=[example])


def narrows(words: str, default: Any = None, **limits: Any) -> Any:
    """A parameter that says what it does."""
    return Field(default, description=words, **limits)


def _with_example(schema: dict[str, Any], item: type["Item"]) -> None:
    schema["example"] = example_of(item)


class Item(Schema):
    """Something that is answered. Every field has a meaning and an example: a test asks each."""

    model_config = ConfigDict(json_schema_extra=_with_example)


class Filters(Schema):
    """How a list is narrowed: each noun brings its own."""


class Pages(Schema):
    """How a list is turned."""

    after: str | None = narrows(
        "The key of the last one of the page before", pattern=r"^[-A-Za-z0-9_]{1,64}$"
    )
    limit: int = narrows("How many on a page", 20, ge=1, le=conf.MOST)


class InLanguage(Filters):
    """The language in which words are wanted; where it is missing, those of the source are given."""

    language: str | None = narrows("Code of a language of the site: en, hi, ar", pattern=CODE)


class Named(Item):
    """Something with a name and an address of its own."""

    slug: str = means("Its name in addresses; it never changes", "water")
    name: str = means("Its name, in the language asked for where there is one", "Nadipur Water Board")


class Topic(Item):
    """What a consultation is about."""

    slug: str = means("Its name in addresses; it never changes", "water")
    name: str = means("Its name, in the language asked for where there is one", "Drinking water")


class Trouble(Item):
    """Why there is no answer, in words."""

    title: str = means("What went wrong, in short", "This page is not here")
    message: str = means("What went wrong, and what to do", "There is no consultation with this key.")


def paged(which: type[Filters]) -> type[Filters]:
    """The parameters of a list by pages: its filters, and how it is turned."""
    return create_model(f"{which.__name__}ByPage", __base__=(which, Pages), __doc__=which.__doc__)  # type: ignore[arg-type]


def page_of(item: type[Item]) -> type[Item]:
    """A page of a list of these."""
    fields: dict[str, Any] = {
        "items": (list[item], means("One page of them")),  # type: ignore[valid-type]
        "next": (
            str | None,
            means("Address of the next page; null on the last", "https://samvad.example/api/v1/…?after=…"),
        ),
    }
    return create_model(f"{item.__name__}Page", __base__=Item, __doc__=f"A page: {item.__doc__}", **fields)


def example_of(item: type[Schema]) -> dict[str, Any]:
    """One answer as it could be, put together from the examples of its fields."""
    return {name: _example(field) for name, field in item.model_fields.items()}


def items_in(annotation: Any) -> type[Item] | None:
    """The item that a field holds, alone or as a list; None for a plain value."""
    inner = [annotation, *get_args(annotation)] if get_origin(annotation) is not Annotated else []
    return next((kind for kind in inner if isinstance(kind, type) and issubclass(kind, Item)), None)


def _example(field: FieldInfo) -> Any:
    inner = items_in(field.annotation)
    if inner is None:
        return (field.examples or [None])[0]
    return [example_of(inner)] if get_origin(field.annotation) is list else example_of(inner)
