"""The words of a post as they would go out: the preview, the approval and the worker ask here and nowhere else."""

from dataclasses import dataclass
from typing import Any

from foundation import approvals
from outreach.channels import channels
from outreach.channels.base import Channel, Message, Part, Problem
from outreach.models import ChannelAccount, Post, PostVersion

KIND = "post"


@dataclass(frozen=True)
class Preview:
    """One version as its network will show it: its parts, how long each is, and what stands in the way."""

    version: PostVersion
    channel: Channel
    parts: tuple[Part, ...]
    counts: tuple[int, ...]
    limit: int | None
    problems: tuple[Problem, ...]

    @property
    def stops(self) -> bool:
        return any(problem.stops for problem in self.problems)

    @property
    def rows(self) -> list[tuple[Part, int, list[Problem]]]:
        """Each part with its length and its own problems."""
        return [
            (part, count, [problem for problem in self.problems if problem.part == part.number])
            for part, count in zip(self.parts, self.counts, strict=True)
        ]


def channel_of(account: ChannelAccount) -> Channel:
    """The account's channel; KeyError in words when its file is gone."""
    return channels()[account.channel]


def parts_of(version: PostVersion) -> tuple[Part, ...]:
    """What would go out for this version, exactly."""
    message = Message(title=version.title, text=version.text, link=version.link)
    return channel_of(version.account).compose(message, version.language)


def preview_of(version: PostVersion) -> Preview:
    """The version as its network will show it."""
    channel, parts = channel_of(version.account), parts_of(version)
    limit = version.account.limit or channel.caps.limit
    return Preview(
        version=version,
        channel=channel,
        parts=parts,
        counts=tuple(channel.count(part) for part in parts),
        limit=limit,
        problems=tuple(channel.validate(parts, limit=limit)),
    )


def versions_of(post: Post) -> list[PostVersion]:
    """Those that go out, in a fixed order."""
    found = post.versions.filter(left_out=False).select_related("account")
    return list(found.order_by("account_id", "language"))


def words_of(post: Post) -> dict[str, Any]:
    """Everything that an approval is about: when, where, and every word."""
    return {
        "go_at": post.go_at or "",
        "versions": [
            {
                "account": version.account_id,
                "channel": version.account.channel,
                "language": version.language,
                "parts": [_part(part) for part in parts_of(version)],
            }
            for version in versions_of(post)
        ],
    }


def sha256_of(post: Post) -> str:
    """The fingerprint of `words_of`."""
    return approvals.canonical_sha256(words_of(post))


def sha256_of_version(version: PostVersion) -> str:
    """The fingerprint of one version's parts."""
    return approvals.canonical_sha256([_part(part) for part in parts_of(version)])


def _part(part: Part) -> dict[str, Any]:
    return {"number": part.number, "title": part.title, "text": part.text, "link": part.link}
