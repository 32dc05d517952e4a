"""Where the files of the look lie: their addresses change with a release alone, so each is worked out once."""

from typing import Any

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage


class ReleasedFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; a page names a dozen files, and an icon sixty times."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file, with the mark of what is in it."""
        if settings.DEBUG or force:
            return str(super().url(name, force))
        if name not in self._addresses:
            self._addresses[name] = str(super().url(name))
        return self._addresses[name]
