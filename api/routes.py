"""The addresses of a noun, made from its declaration."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query, Router

from api import asking, exports, shown
from api.nouns import Noun, names_of
from api.schema import InLanguage, Item, Trouble, example_of, page_of, paged
from foundation import clock
from foundation.errors import NotFound

TROUBLE = {400: Trouble, 404: Trouble, 422: Trouble, 429: Trouble}


def add(router: Router, noun: Noun[Any]) -> None:
    """The list, all of it as CSV and NDJSON, one of it as JSON and as CSV."""
    names, which, by_page = names_of(noun), noun.which, paged(noun.which)
    listed_as, one_as = f"/{noun.key}", f"/{noun.key}/{{slug:key}}"

    @router.get(listed_as, response={200: page_of(noun.item), **TROUBLE}, url_name=names["list"])
    def listed(request: HttpRequest, asked: Query[by_page]) -> dict[str, Any]:  # type: ignore[valid-type]
        """A page of the list."""
        asking.only(request, by_page)
        return listed_page(request, noun, asked)

    @router.get(f"{listed_as}.csv", url_name=names["csv"], openapi_extra=file_of(noun.item, "csv"))
    def table(request: HttpRequest, asked: Query[which]) -> HttpResponseBase:  # type: ignore[valid-type]
        """All of it as a table, in UTF-8. Cells that a spreadsheet would run begin with an apostrophe."""
        asking.only(request, which)
        return exported(noun, asked, "csv")

    @router.get(f"{listed_as}.ndjson", url_name=names["ndjson"], openapi_extra=file_of(noun.item, "ndjson"))
    def lines(request: HttpRequest, asked: Query[which]) -> HttpResponseBase:  # type: ignore[valid-type]
        """All of it, a line of JSON each."""
        asking.only(request, which)
        return exported(noun, asked, "ndjson")

    @router.get(one_as, response={200: noun.whole, **TROUBLE}, url_name=names["one"])
    def one(request: HttpRequest, key: str, asked: Query[InLanguage]) -> dict[str, Any]:
        """One of it, with all that is told of it."""
        asking.only(request, InLanguage)
        return _one(noun, key, asked)

    @router.get(f"{one_as}.csv", url_name=names["one_csv"], openapi_extra=file_of(noun.whole, "csv"))
    def one_as_table(request: HttpRequest, key: str, asked: Query[InLanguage]) -> HttpResponseBase:
        """One of it as a table of one line."""
        asking.only(request, InLanguage)
        return exports.as_csv(noun.whole, [_one(noun, key, asked)], f"{noun.one}-{key}")

    # What generators of clients call it: no two operations may share a name.
    for operation in (listed, table, lines, one, one_as_table):
        operation.__name__ = f"{operation.__name__}_{noun.key}"


def listed_page(request: HttpRequest, noun: Noun[Any], asked: Any) -> dict[str, Any]:
    """A page of a list with the address of the next one."""
    language, now = asking.spoken(_language(asked)), clock.now()
    found = noun.page(asked, now)
    items = noun.shown(found[: asked.limit], language, now)
    return shown.page(request, found, asked.limit, items)


def exported(noun: Noun[Any], asked: Any, kind: str, name: str = "") -> HttpResponseBase:
    """All of a list, streamed."""
    language, now = asking.spoken(_language(asked)), clock.now()
    all_of_it = noun.all(asked, language, now)
    make = exports.as_csv if kind == "csv" else exports.as_ndjson
    return make(noun.item, all_of_it, name or noun.key)


def file_of(item: type[Item], kind: str) -> dict[str, Any]:
    """How a file is described, with an example."""
    example = example_of(item)
    if kind == "csv":
        media = "text/csv"
        said = "".join(exports.table(item, [example])).removeprefix(exports.BYTE_ORDER_MARK)
    else:
        media, said = exports.NDJSON, "".join(exports.lines(item, [example]))
    content = {media: {"schema": {"type": "string"}, "example": said}}
    return {"responses": {200: {"description": "OK", "content": content}}}


def address(noun: Noun[Any], place: str, *arguments: Any) -> str:
    """The path of one of its addresses."""
    return reverse(f"api:v1:{names_of(noun)[place]}", args=arguments)


def _one(noun: Noun[Any], key: Any, asked: InLanguage) -> dict[str, Any]:
    language, now = asking.spoken(asked.language), clock.now()
    row = noun.find(str(key), now).first()
    if row is None:
        raise NotFound(_("There is nothing with this key that everybody may read."))
    return noun.detail(row, language, now)


def _language(asked: Any) -> str | None:
    return asked.language if isinstance(asked, InLanguage) else None
