"""Who reads: asked of the session only when its cookie came, so that reading sets and varies nothing."""

from django.conf import settings
from django.http import HttpRequest

from accounts.models import Person
from consultations.models import Response


def reader(request: HttpRequest) -> Person | None:
    """The person who is signed in; None for everybody else, without a look at the session."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if isinstance(request.user, Person) else None


def is_author(person: Person | None, response: Response) -> bool:
    """Whoever said it; for a voice without an account (on paper, by telephone), whoever holds its receipt."""
    author = response.participant.person_id
    return author is None or (person is not None and person.pk == author)
