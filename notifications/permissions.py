"""Who looks after letters."""

from accounts.queries import has_role
from accounts.roles import Role


def can_tend_letters(person: object) -> bool:
    """Platform administrators. They see kinds, states and moments, never a reader or what a letter is about."""
    return has_role(person, None, Role.PLATFORM_ADMIN)
