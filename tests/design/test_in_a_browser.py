"""The living page in a real browser: accessible, no wider than a phone, and its small scripts help."""

import re
import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Page, expect

from tests.servers.browser import Window, assert_for_everybody, weigh
from tests.servers.fixtures import window

__all__ = ["window"]

pytestmark = pytest.mark.journey


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture
def address(living: None) -> Iterator[str]:
    """The living page on a free port of this machine; it needs no database."""
    with make_server("127.0.0.1", 0, get_wsgi_application(), WSGIServer, Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("width", "language", "mode"),
    [
        (320, "en", "light"),
        (320, "en", "dark"),
        (768, "en", "light"),
        (1280, "en", "light"),
        (1280, "en", "dark"),
        (320, "ar", "light"),
        (1280, "ar", "dark"),
    ],
)
def test_the_living_page_can_be_read_by_everybody(
    window: Window, address: str, width: int, language: str, mode: Any
) -> None:
    page = window.page(width=width, color_scheme=mode)
    page.goto(f"{address}/{language}/design/")
    assert_for_everybody(page, address)


def test_a_form_that_came_back_takes_the_focus_to_its_problems(window: Window, address: str) -> None:
    page = window.page()
    page.goto(f"{address}/en/design/")
    expect(page.locator(".summary")).to_be_focused()
    page.get_by_role("link", name="Choose: How quiet should the room be?").click()
    expect(page.locator("#back_quiet_0")).to_be_focused()


def test_the_letters_that_are_left_are_counted(window: Window, address: str) -> None:
    page = window.page()
    page.goto(f"{address}/en/design/")
    page.locator("#new_why").fill("नमस्ते")
    expect(page.locator("#new_why + .count")).to_have_text("1,994 letters left")
    page.locator("#new_why").fill("a" * 2003)
    expect(page.locator("#new_why + .count")).to_have_text("3 letters too many")
    assert len(page.locator("#new_why").input_value()) == 2003


def _thanks(page: Page, address: str) -> None:
    """Arrives at a page of the house without the form, as after sending."""
    script = f'<script type="module" src="{address}/static/design/js/samvad.js"></script>'
    page.route(
        "**/thanks/", lambda route: route.fulfill(content_type="text/html", body=f"<p>Thank you.</p>{script}")
    )
    page.goto(f"{address}/thanks/")
    page.wait_for_load_state("networkidle")


def test_what_was_typed_comes_back_after_a_lost_line_and_is_forgotten_once_sent(
    window: Window, address: str
) -> None:
    page = window.page()
    page.goto(f"{address}/en/design/")
    area = page.locator("#new_why")
    area.fill("The drain matters too.")
    page.reload()
    expect(area).to_have_value("The drain matters too.")
    expect(page.get_by_text("We put back what you had typed here.").last).to_be_visible()

    _thanks(page, address)
    page.goto(f"{address}/en/design/")
    expect(area).to_have_value("The drain matters too.")

    page.locator("form:has(#new_why)").get_by_role("button", name="Save and go on").click()
    page.wait_for_url(re.compile("ward="))
    _thanks(page, address)
    page.goto(f"{address}/en/design/")
    expect(area).to_have_value("")


def test_the_look_asks_few_times_and_costs_little(window: Window, address: str) -> None:
    """The heaviest page there will be, uncompressed: page, style, icons, art, mark, script and three behaviours."""
    weight = weigh(window, f"{address}/en/design/")
    assert weight.requests <= 10
    assert weight.bytes <= 160_000
