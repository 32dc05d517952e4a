"""`{% load emergency %}{% no_emergency %}`: what every page on which one can say something must say first."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()
WORDS = {
    "hi": (
        "यह आपात सेवा नहीं है। किसी की जान ख़तरे में हो तो अभी {number} पर फ़ोन कीजिए। "
        "आपके शब्दों से किसी की जान को ख़तरा लगे, तो ड्यूटी पर मौजूद व्यक्ति उन्हें तुरंत पढ़ता है।"
    ),
    "ar": (
        "هذه ليست خدمة طوارئ. إذا كانت حياة أحد في خطر فاتصل الآن بالرقم {number}. "
        "وإذا بدا من كلماتك أن حياة أحد في خطر، قرأها فورًا الشخص المناوب."
    ),
}
"""Written out, so that nobody's life hangs on a catalogue of translations; other languages come through gettext."""


@register.simple_tag
def no_emergency() -> SafeString:
    """The line with the number of EMERGENCY_NUMBER, in the reader's language."""
    language = (get_language() or "en").split("-")[0]
    words = WORDS.get(language) or _(
        "This is no emergency line. If somebody's life is in danger, call {number} now. If your words sound as if "
        "somebody's life is in danger, the person on duty reads them at once."
    )
    number = str(settings.EMERGENCY_NUMBER)
    call = format_html('<a href="tel:{}"><bdi>{}</bdi></a>', "".join(number.split()), number)
    return format_html('<p class="small measure">{}</p>', format_html(words, number=call))
