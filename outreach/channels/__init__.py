"""Every file beside this one is a channel, found because it is there. A channel knows no models.

`channels` is the registry: `channels()["mastodon"]`, `channels().get(key)`.
"""

from foundation.registry import Registry
from outreach.channels.base import Channel

_registry: Registry[Channel] = Registry("channel")
register = _registry.register


def channels() -> Registry[Channel]:
    """All channels by their key; the files are read at the first question."""
    _registry.discover("outreach.channels")
    return _registry
