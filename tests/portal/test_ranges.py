"""A part of a video or paper can be asked for, so that a player jumps and a download goes on."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document

WHOLE = bytes(range(256)) * 4


@pytest.fixture
def address(db, settings, tmp_path) -> str:
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.MEDIA_ROOT, settings.STORAGES = str(tmp_path), {**settings.STORAGES, "default": on_disk}
    film = ContentFile(WHOLE, name="film.mp4")
    return Document.objects.create(title="A film", file=film, file_hash="a1").url


def asked(address, wanted, **more):
    answer = Client().get(address, headers={"Range": wanted, **more})
    return answer, answer.getvalue()


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=1000-", 1000, 1023),
        ("bytes=-24", 1000, 1023),
        ("bytes=512-9999", 512, 1023),
    ],
)
def test_a_part_is_a_part(address, wanted, first, last):
    (answer, sent), part = asked(address, wanted), WHOLE[first : last + 1]
    assert (answer.status_code, sent) == (206, part)
    assert answer["Content-Range"] == f"bytes {first}-{last}/1024"
    assert answer["Content-Length"] == str(len(part)) and answer["Content-Type"] == "video/mp4"
    assert "nosniff" in answer["X-Content-Type-Options"] and "Content-Disposition" in answer


def test_what_is_no_one_part_is_the_whole_and_what_is_not_there_is_refused(address):
    whole, sent = asked(address, "")
    assert whole.status_code == 200 and sent == WHOLE and whole["Accept-Ranges"] == "bytes"
    for wanted in ("bytes=0-1,5-6", "lines=0-1", "bytes=-", "bytes=a-b"):
        assert asked(address, wanted)[0].status_code == 200, wanted
    for wanted in ("bytes=1024-", "bytes=9-3", "bytes=-0"):
        answer, sent = asked(address, wanted)
        assert (answer.status_code, sent) == (416, b""), wanted
        assert answer["Content-Range"] == "bytes */1024"


def test_a_part_of_what_has_changed_since_is_the_whole(address):
    known = asked(address, "")[0]["ETag"]
    assert asked(address, "bytes=0-1", **{"If-Range": known})[0].status_code == 206
    assert asked(address, "bytes=0-1", **{"If-Range": '"of yesterday"'})[0].status_code == 200
