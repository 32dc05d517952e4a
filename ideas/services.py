"""The room's door for writing: propose, comment, support. Words and votes are written by the hall."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

import regex
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from taggit.models import Tag

from accounts.models import Person
from consultations.models import Contribution, Question, VoteEvent
from consultations.services import Cast, Incoming, Saying, Submitted, Terms, cast, submit
from foundation import audit
from foundation.announce import announce
from foundation.errors import BadInput, WrongState
from ideas import signals, wording
from ideas.models import LONGEST_TITLE, Follow, Idea, TaggedIdea
from ideas.permissions import is_open_for_comments
from ideas.queries import idea_above, open_categories
from ideas.similar import normal

Kind = Contribution.Kind
MOST_TAGS = 5
LONGEST_TAG = 30
_TAG = regex.compile(r"(?=.{2})\p{L}\p{M}*(?:[ \-]?\p{L}\p{M}*)*")
"""Letters whole with their signs, spaces and hyphens between: no address and no number can hide in a tag.

Two signs at least, and बस (bus) and की are two: what a sign is differs between scripts.
"""


def propose(
    question: Question,
    *,
    person: Person,
    title: str,
    text: str,
    tags: Sequence[str] = (),
    category: str = "",
    language: str,
    request_key: uuid.UUID | None = None,
    now: datetime,
) -> Submitted:
    """Puts an idea on record, with its title and tags, or not at all. The same request twice gives the first receipt.

    Raises BadInput for a missing or overlong title, no words, a tag or a category that is none; NotAllowed for
    members of the asking agency; WrongState when it is not open for ideas.
    """
    if question.instrument != "ideas" or question.retired_at is not None:
        raise WrongState(_("This question does not ask for ideas."))
    title, text = wording.one_line(title), wording.cleaned(text)
    if not title or not text:
        raise BadInput(_("An idea needs a title and a few words of its own."))
    if len(title) > LONGEST_TITLE:
        raise BadInput(
            _("The title is longer than %(most)d letters. Please shorten it.") % {"most": LONGEST_TITLE}
        )
    named = plain_tags(tags)
    if category and category not in open_categories(question):
        raise BadInput(_("Choose one of the categories that are shown."))
    words = wording.joined(title, text)
    with transaction.atomic():
        came = submit(
            question.consultation,
            sayings=[Saying(text=words, question=question, kind=Kind.IDEA)],
            person=person,
            now=now,
            terms=Terms(language=wording.written_in(words, language), may_publish=True),
            request_key=request_key,
        )
        if came.repeated:
            return came
        contribution = came.response.contributions.get()
        idea = Idea.objects.create(
            contribution=contribution,
            title=title,
            category=category,
            normal=normal(words, contribution.language),
        )
        idea.tags.add(*named)
        audit.write("idea.proposed", by=None, thing=f"contribution:{contribution.pk}")
    return came


def comment(
    contribution: Contribution,
    *,
    person: Person,
    text: str,
    language: str,
    request_key: uuid.UUID | None = None,
    now: datetime,
) -> Submitted:
    """Says something below an idea or a comment that everybody can read.

    Raises WrongState when it is not open for comments, NotAllowed for members of the asking agency, BadInput for
    no words.
    """
    parent = Contribution.objects.select_related("consultation__agency", "question__phase").get(
        pk=contribution.pk
    )
    if not is_open_for_comments(parent, now):
        raise WrongState(
            _("This is not open for comments now. Nothing you typed is lost: copy it from the form.")
        )
    text = wording.cleaned(text)
    return submit(
        parent.consultation,
        sayings=[Saying(text=text, kind=Kind.COMMENT, parent=parent)],
        person=person,
        now=now,
        terms=Terms(language=wording.written_in(text, language), may_publish=True),
        request_key=request_key,
    )


def support(
    contribution: Contribution, *, person: Person, request_key: uuid.UUID | None = None, now: datetime
) -> Cast:
    """Supports an idea or a comment; twice counts once. Raises as the hall's `cast`."""
    return cast(contribution, person=person, value=VoteEvent.Value.SUPPORT, request_key=request_key, now=now)


def withdraw(
    contribution: Contribution, *, person: Person, request_key: uuid.UUID | None = None, now: datetime
) -> Cast:
    """Takes one's support back. Raises as the hall's `cast`."""
    return cast(
        contribution, person=person, value=VoteEvent.Value.WITHDRAWN, request_key=request_key, now=now
    )


def title_of(row: Incoming) -> str:
    """The title that an idea gets which is taken in."""
    return (wording.one_line(row.title) or wording.title_of(row.text.strip()))[:LONGEST_TITLE]


def adopt(pairs: Iterable[tuple[Incoming, Contribution]]) -> None:
    """Gives ideas that were taken in from another system their titles: hand it to `take_in` as `on_new`."""
    Idea.objects.bulk_create(
        [
            Idea(
                contribution=contribution,
                title=title_of(row),
                normal=normal(f"{row.title} {contribution.text}", contribution.language),
            )
            for row, contribution in pairs
            if contribution.kind == Kind.IDEA
        ]
    )


def follow(idea: Idea, *, person: Person, now: datetime) -> None:
    """Follows an idea; twice is once."""
    with transaction.atomic():
        _row, new = Follow.objects.get_or_create(person=person, idea=idea, defaults={"since": now})
        if new:
            audit.write("idea.followed", by=None, thing=f"contribution:{idea.contribution_id}")


def unfollow(idea: Idea, *, person: Person) -> None:
    """Stops following it."""
    gone, _rows = Follow.objects.filter(person=person, idea=idea).delete()
    if gone:
        audit.write("idea.left", by=None, thing=f"contribution:{idea.contribution_id}")


def tell_followers(contribution: Contribution) -> None:
    """Announces that a comment stands below an idea which somebody follows; the comment may answer another one."""
    idea = idea_above(contribution)
    if idea is not None and idea.follows.exists():
        announce(signals.followed_idea_news, idea=idea, contribution=contribution)


def forget(person: Person) -> None:
    """Takes away what this room keeps of an erased person's ideas: title, tags and the words for comparing.

    A tag that nobody else uses goes with its last idea. Ideas whose words are gone already are emptied too, so it
    does not matter who hears of an erasure first.
    """
    Follow.objects.filter(person=person).delete()
    mine = Idea.objects.filter(Q(contribution__participant__person=person) | Q(contribution__text=""))
    keys = list(mine.exclude(title="", normal="").values_list("pk", flat=True))
    worn = TaggedIdea.objects.filter(content_object__in=keys)
    tags = list(worn.values_list("tag_id", flat=True))
    worn.delete()
    Tag.objects.filter(
        pk__in=tags, ideas_taggedidea_items__isnull=True, taggit_taggeditem_items__isnull=True
    ).delete()
    Idea.objects.filter(pk__in=keys).update(title="", category="", normal="")


def plain_tags(tags: Iterable[str]) -> list[str]:
    """Tags as they are kept: small letters, each once, at most five. Raises BadInput for one that is none."""
    found = dict.fromkeys(tag for tag in (wording.one_line(tag).casefold() for tag in tags) if tag)
    if len(found) > MOST_TAGS:
        raise BadInput(_("Up to %(most)d tags, please.") % {"most": MOST_TAGS})
    for tag in found:
        if len(tag) > LONGEST_TAG or not _TAG.fullmatch(tag):
            raise BadInput(_("A tag is one or two words, of letters alone."))
    return list(found)
