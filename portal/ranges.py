"""A part of a file for who asks for a part: a player that jumps within a video, a download that goes on (RFC 9110, 14)."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
AT_ONCE = 64 * 1024


class ByteRanges:
    """Middleware: answers `Range: bytes=…` with 206 where a whole file would be sent, and 416 where there is no such part.

    Several ranges at once, another unit, and a part of what may have changed since (`If-Range`) get the whole file.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        file = getattr(response, "file_to_stream", None)
        length = response.headers.get("Content-Length", "")
        if not isinstance(response, FileResponse) or response.status_code != 200 or not length.isdecimal():
            return response
        if request.method != "GET" or file is None or not file.seekable():
            return response
        response["Accept-Ranges"] = "bytes"
        wanted = ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
        if wanted is None or wanted.group() == "bytes=-" or _has_changed(request, response):
            return response
        first, last = _span(wanted, int(length))
        if first > last:
            file.close()
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{length}"})
        return _part(response, file, first, last, int(length))


def _span(wanted: re.Match[str], size: int) -> tuple[int, int]:
    """The first and the last byte; the first is beyond the last where there are none."""
    start, end = wanted.groups()
    if not start:
        return max(0, size - int(end)), size - 1
    return int(start), min(int(end), size - 1) if end else size - 1


def _has_changed(request: HttpRequest, response: HttpResponseBase) -> bool:
    known = request.headers.get("If-Range")
    return known is not None and known not in (response.get("ETag"), response.get("Last-Modified"))


def _part(response: Any, file: Any, first: int, last: int, size: int) -> StreamingHttpResponse:
    file.seek(first)
    headers = {**response.headers, "Content-Length": str(last - first + 1)}
    headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    part = StreamingHttpResponse(_Piece(file, last - first + 1), status=206, headers=headers)
    part.cookies = response.cookies
    return part


class _Piece:
    """So many bytes of an open file, from where it stands; Django closes it with the answer."""

    def __init__(self, file: Any, length: int) -> None:
        self.file, self.length = file, length

    def __iter__(self) -> Iterator[bytes]:
        left = self.length
        while left and (piece := self.file.read(min(AT_ONCE, left))):
            left -= len(piece)
            yield piece

    def close(self) -> None:
        """Lets the file go."""
        self.file.close()
