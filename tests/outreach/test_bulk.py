"""Many drafts are cancelled at once, after a second look; nothing else is done to many. The list goes into a file."""

import csv
import io

import pytest

from foundation.errors import BadInput
from outreach import services
from outreach.models import Post
from tests.outreach.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
LIST, BULK, FILE = "/admin/posts/", "/admin/posts/bulk/", "/admin/posts/posts.csv"


@pytest.fixture
def drafts(agency, priya, place) -> list[Post]:
    return [services.draft(agency, by=priya, title=title, now=NOW) for title in ("A bench", "=A+tap")]


@pytest.fixture
def theirs(other_agency) -> Post:
    """A draft of another agency."""
    return Post.objects.create(agency=other_agency, title="Parks", created_at=NOW)


def state_of(post: Post) -> str:
    return Post.objects.get(pk=post.pk).state


def test_drafts_alone_are_chosen_looked_at_again_and_cancelled(drafts, worded, approved, theirs, priya):
    hers = signed_in(priya)
    listed = hers.get(LIST).content.decode()
    assert listed.count('name="post"') == 2 and f'name="post" value="{approved.pk}"' not in listed
    chosen = {"post": [post.pk for post in (*drafts, approved, theirs)], "kept": "state=draft"}
    look = hers.post(BULK, chosen).content.decode()
    assert "A bench" in look and "Parks" not in look and state_of(drafts[0]) == "draft"
    done = hers.post(BULK, {**chosen, "sure": "1"}, follow=True)
    assert done.redirect_chain[0][0] == f"{LIST}?state=draft"
    told = done.content.decode()
    assert "2 drafts are cancelled." in told and "not a draft any more" in told
    states = [state_of(post) for post in (*drafts, approved, theirs)]
    assert states == ["cancelled", "cancelled", "approved", "draft"]


def test_none_and_too_many_are_refused_in_words(drafts, priya):
    hers = signed_in(priya)
    for chosen in ({}, {"post": ["x", "²", "-1", "9" * 5000, "9" * 20], "sure": "1"}):
        assert "Choose between one post and 50." in hers.post(BULK, chosen, follow=True).content.decode()
    with pytest.raises(BadInput):
        services.cancel_many(drafts * 26, by=priya, now=NOW)
    assert state_of(drafts[0]) == "draft"


def test_what_a_colleague_sent_meanwhile_is_left(worded, priya, paul):
    came = services.cancel_many([worded], by=paul, now=NOW)
    assert [post.pk for post in came.done] == [worded.pk]
    other = services.draft(worded.agency, by=priya, title="Other", now=NOW)
    Post.objects.filter(pk=other.pk).update(state="waiting", submitted_by=1, submitted_sha256="x")
    assert services.cancel_many([other], by=paul, now=NOW).done == [] and state_of(other) == "waiting"
    stranger = services.cancel_many([worded], by=person("greta"), now=NOW)
    assert "Only press officers" in stranger.left[0][1]


def test_the_file_holds_codes_of_what_is_listed_and_no_words(drafts, approved, theirs, priya, greta):
    answer = signed_in(priya).get(f"{FILE}?state=approved")
    assert "posts.csv" in answer["Content-Disposition"]
    (row,) = csv.DictReader(io.StringIO(answer.getvalue().decode()))
    assert (row["post"], row["state"], row["agency"]) == (str(approved.pk), "approved", "water")
    whole = signed_in(priya).get(FILE).getvalue().decode()
    assert whole.count("\n") == 4 and "bench" not in whole and "tap" not in whole and "parks" not in whole
    assert signed_in(greta).get(FILE).status_code == 302
