"""What every public page must keep, and the ways to look at one."""

from django.http import HttpResponse
from django.test import Client

LARGEST = 60 * 1024


def read(address: str, status: int = 200) -> str:
    """A page as a stranger reads it: no cookie, nothing that varies by one, no token, and light."""
    response = Client().get(address)
    assert response.status_code == status, (address, response.status_code, response.content[:300])
    assert not response.cookies, f"{address} sets {list(response.cookies)}"
    assert "cookie" not in response.get("Vary", "").lower(), f"{address} varies by cookie"
    assert b"csrfmiddlewaretoken" not in response.content, f"{address} holds a token"
    assert len(response.content) <= LARGEST, f"{address} weighs {len(response.content)} bytes"
    assert b"<script>" not in response.content
    assert b" style=" not in response.content
    return response.content.decode()


def seen(response: HttpResponse) -> str:
    """The page's HTML, after a look at its status."""
    assert response.status_code == 200, response.content[:400]
    return response.content.decode()
