"""Brings the Nu Html Checker (vnu), the W3C's own, into the user's cache folder: one jar, checked by its hash."""

import base64
import hashlib
import io
import os
import tarfile
import urllib.error
import urllib.request
from pathlib import Path

from scripts.snac import NotHere, cache_folder

VERSION = "26.9.27"
ADDRESS = f"https://registry.npmjs.org/vnu-jar/-/vnu-jar-{VERSION}.tgz"
SHA512 = "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="
MEMBER = "package/build/dist/vnu.jar"


def jar() -> Path | None:
    """The jar: named by VNU_JAR or kept in the cache; None when there is none."""
    named = os.environ.get("VNU_JAR")
    kept = Path(named) if named else cache_folder() / f"vnu-{VERSION}.jar"
    return kept if kept.exists() else None


def fetch() -> Path:
    """Downloads and checks the package; returns the jar. Raises NotHere."""
    try:
        with urllib.request.urlopen(ADDRESS, timeout=120) as answer:
            package = answer.read()
    except (urllib.error.URLError, TimeoutError) as error:
        raise NotHere(f"{ADDRESS} does not answer ({error}): name a vnu.jar in VNU_JAR") from error
    if base64.b64encode(hashlib.sha512(package).digest()).decode() != SHA512:
        raise NotHere(f"what came from {ADDRESS} is not what was pinned")
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        member = archive.extractfile(MEMBER)
        if member is None:
            raise NotHere(f"{MEMBER} is not in the package")
        words = member.read()
    kept = cache_folder() / f"vnu-{VERSION}.jar"
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(words)
    unfinished.replace(kept)
    return kept
