"""The roles a person can hold, and named groups of them. Membership is the only truth about who holds one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does for an agency, or at the centre for all of them."""

    EDITOR = "editor", _("Editor")
    MODERATOR = "moderator", _("Moderator")
    ANALYST = "analyst", _("Analyst")
    APPROVER = "approver", _("Approver")
    PRESS_OFFICER = "press_officer", _("Press officer")
    CLERK = "clerk", _("Clerk")
    DUTY_OFFICER = "duty_officer", _("Duty officer")
    PLATFORM_ADMIN = "platform_admin", _("Platform administrator")
    OMBUDS = "ombuds", _("Ombuds moderator")
    AUDITOR = "auditor", _("Auditor")


CENTRAL = (Role.PLATFORM_ADMIN, Role.OMBUDS, Role.AUDITOR)
AGENCY = tuple(role for role in Role if role not in CENTRAL)
WRITES_PAGES = (Role.EDITOR, Role.APPROVER, Role.ANALYST)
APPROVES_PAGES = (Role.APPROVER,)
WRITES_POSTS = (Role.PRESS_OFFICER, Role.DUTY_OFFICER)
APPROVES_POSTS = (Role.PRESS_OFFICER, Role.APPROVER)
