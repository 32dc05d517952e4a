"""Engines read voices and say what they found. One file each, found because it is there.

They are pure: dataclasses in, dataclasses out; no model, no clock but the one that times them, no network.
`engines["themes"].read(voices)` gives a Result whose books balance: every voice is coded or uncoded.
"""

from analysis.engines._vocabulary import still_written
from analysis.engines.base import Coding, Engine, Result, Theme, Voice, engines, label_of

engines.discover("analysis.engines")

__all__ = ["Coding", "Engine", "Result", "Theme", "Voice", "engines", "label_of", "still_written"]
