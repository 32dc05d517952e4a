"""What a room says is the same on every page in one language is so, whoever reads, and asks the database nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from foundation import slots

SAME = [(place, filling) for place, fillings in slots._places.items() for filling in fillings if filling.same]


def request_of(path: str, reader: object) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = reader
    request.COOKIES["sessionid"] = "x"
    return request


def test_some_places_are_the_same_and_none_of_them_is_the_readers_own():
    assert {place for place, _filling in SAME} == {"foot.take_part", "foot.our_side", "foot.your_rights"}


@pytest.mark.parametrize(("place", "filling"), SAME, ids=lambda one: getattr(one, "template", one))
def test_it_is_the_same_for_everybody_on_every_page(place, filling, esha, django_assert_num_queries):
    stranger, official = request_of("/en/", AnonymousUser()), request_of("/en/outcomes/?a=1", esha)
    known = [{"request": one, "user": one.user, "csrf_token": one.path} for one in (stranger, official)]
    with django_assert_num_queries(0):
        first, second = (slots._filled(filling, values["request"], (), values) for values in known)
    assert first == second


def test_a_place_that_is_made_once_is_made_for_each_language(db):
    asked = Template('{% load slots %}{% slot "foot.our_side" %}')
    with translation.override("en"):
        english = asked.render(Context({"request": request_of("/en/", AnonymousUser())}))
        again = asked.render(Context({"request": request_of("/en/", AnonymousUser())}))
    with translation.override("hi"):
        hindi = asked.render(Context({"request": request_of("/hi/", AnonymousUser())}))
    assert english == again != hindi
    assert "/en/outcomes/" in english and "/hi/outcomes/" in hindi
