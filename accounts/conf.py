"""This room's settings, each with its default; a place that differs sets the name in its settings."""

from django.conf import settings


def codes_per_address_and_hour() -> int:
    """CODES_PER_ADDRESS_AND_HOUR: letters with codes that one mailbox can be made to get in an hour."""
    return int(getattr(settings, "CODES_PER_ADDRESS_AND_HOUR", 6))


def codes_per_network_and_hour() -> int:
    """CODES_PER_NETWORK_AND_HOUR: codes for one network (/24, /56), behind which a whole town may sit."""
    return int(getattr(settings, "CODES_PER_NETWORK_AND_HOUR", 600))


def wrong_tries_per_network_and_hour() -> int:
    """WRONG_TRIES_PER_NETWORK_AND_HOUR: wrong codes and passwords that one network may give in an hour."""
    return int(getattr(settings, "WRONG_TRIES_PER_NETWORK_AND_HOUR", 300))


def demo_totp_secret() -> str:
    """DEMO_TOTP_SECRET: the page that asks for a second factor shows its codes; in a demonstration alone."""
    return str(getattr(settings, "DEMO_TOTP_SECRET", ""))


def sms_url() -> str:
    """SMS_URL: the gateway for text messages, or the folder that stands in for one; empty: none are sent."""
    return str(getattr(settings, "SMS_URL", ""))


def sms_sender() -> str:
    """SMS_SENDER: who a text message says it comes from, as it is registered with the gateway."""
    return str(getattr(settings, "SMS_SENDER", ""))


def phone_country() -> str:
    """PHONE_COUNTRY: the country code of numbers that are written without one."""
    return str(getattr(settings, "PHONE_COUNTRY", "91"))
