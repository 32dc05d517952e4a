"""The sheet of paper: the parts of a letter as plain text and as HTML, with the headers that mail wants."""

from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from foundation.languages import direction
from notifications.leaving import leave_url, wishes_url
from notifications.letters import letters
from notifications.letters.base import Part, Words
from notifications.models import Letter

TEMPLATE = "notifications/mail/letter.html"


def message(letter: Letter, words: Words, address: str) -> EmailMultiAlternatives:
    """The message as it goes out. Pure, but for the templates."""
    may_be_left = letters[letter.occasion].may_be_left
    leave = leave_url(letter.person_id) if may_be_left and letter.person_id is not None else ""
    choose = wishes_url(letter.person_id) if leave and letter.person_id is not None else ""
    headers = {
        "Message-ID": f"<{letter.message_id}@{_host()}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    if leave:
        headers["List-Unsubscribe"] = f"<{leave}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made = EmailMultiAlternatives(
        subject=" ".join(words.subject.split()),
        body=as_text(words, leave, choose),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        headers=headers,
    )
    made.attach_alternative(as_html(words, leave, letter.language, choose), "text/html")
    return made


def as_text(words: Words, leave: str, choose: str = "") -> str:
    """The plain part."""
    said = "\n\n".join(_line(part) for part in words.parts)
    ends = [f"{_to_choose()} {choose}"] if choose else []
    ends += [f"{_way_out()} {leave}"] if leave else []
    return "\n".join([f"{said}\n\n-- ", _signed(), *ends, ""])


def as_html(words: Words, leave: str, language: str, choose: str = "") -> str:
    """The HTML part, with its styles in the elements, where mail programs look for them."""
    context = {
        "subject": words.subject,
        "parts": words.parts,
        "language": language,
        "direction": direction(language),
        "signed": _signed(),
        "leave": leave,
        "choose": choose,
        "way_out": _way_out(),
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
    html = render_to_string(TEMPLATE, context)
    return css_inline.inline(html, load_remote_stylesheets=False, keep_style_tags=False)


def _line(part: Part) -> str:
    match part.kind:
        case "head":
            return f"* {part.text}"
        case "quote":
            return "\n".join(f"> {line}" for line in part.text.splitlines())
        case "code":
            return f"    {part.text}"
        case "goes" | "link":
            return f"{part.text.rstrip(':')}:\n{part.url}"
    return part.text


def _signed() -> str:
    owner = settings.OWNER_NAME
    if not owner:
        return str(settings.WAGTAIL_SITE_NAME)
    return _("%(site)s, %(owner)s") % {"site": settings.WAGTAIL_SITE_NAME, "owner": owner}


def _way_out() -> str:
    return _("You get this letter because you have an account with us. To get none of these letters:")


def _to_choose() -> str:
    return _("To choose which letters you get, and how often:")


def _host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"
