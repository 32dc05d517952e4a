"""What outreach keeps: accounts, the kill switch, posts, their deliveries, what was heard, and newsletter readers."""

from outreach.models.accounts import ChannelAccount, KillSwitch
from outreach.models.deliveries import Delivery, Heard
from outreach.models.posts import Post, PostVersion
from outreach.models.readers import Reader

__all__ = ["ChannelAccount", "Delivery", "Heard", "KillSwitch", "Post", "PostVersion", "Reader"]
