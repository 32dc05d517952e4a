"""Every way of putting a question to people, one file each, found because the file is here."""

from consultations.instruments.base import Instrument, QuestionSpec, Said, Tally, TallyLine, instruments

__all__ = ["Instrument", "QuestionSpec", "Said", "Tally", "TallyLine", "instruments"]

instruments.discover(__name__)
