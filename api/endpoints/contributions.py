"""Contributions of one consultation: those that everybody may read, as JSON by pages and whole as CSV."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Query, Router

from api import asking, queries, schema, shown
from api.exports import contributions_csv
from foundation import clock

router = Router(tags=["Contributions"])
TROUBLE = {400: schema.Trouble, 404: schema.Trouble}


@router.get(
    "/{uuid:key}/contributions", response={200: schema.Contributions, **TROUBLE}, url_name="contributions"
)
def contributions(request: HttpRequest, key: UUID, which: Query[schema.WhichContributions]) -> dict[str, Any]:
    """What everybody may read, the last received first."""
    asking.only(request, schema.WhichContributions)
    found = queries.contributions(queries.consultation(key), which, clock.now())
    items = (shown.with_imported_counts(row) for row in found[: which.limit])
    return shown.page(request, found, which.limit, items)


@router.get("/{uuid:key}/contributions.csv", url_name="contributions_csv")
def contributions_as_csv(request: HttpRequest, key: UUID) -> StreamingHttpResponse:
    """All of them as a table, in UTF-8. Cells that a spreadsheet would run begin with an apostrophe."""
    asking.only(request, schema.Nothing)
    row = queries.consultation(key)
    response = StreamingHttpResponse(
        contributions_csv(row, clock.now()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="contributions-{key}.csv"'
    return response
