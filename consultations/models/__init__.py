"""The hall's nouns: one file each for what is asked, who says, what is said, how it is voted and answered."""

from consultations.models.drafts import Draft, DraftPart
from consultations.models.outcomes import Figure, Outcome, OutcomeAnswer, OutcomeVoice
from consultations.models.pages import AgencyPage, ConsultationPage, OutcomePage
from consultations.models.subjects import Consultation, Phase, Question, Visibility, Wording
from consultations.models.topics import About, Topic, TopicTitle
from consultations.models.voices import Batch, Contribution, Participant, Response
from consultations.models.votes import ImportedCount, RollUp, Vote, VoteEvent

__all__ = [
    "About",
    "AgencyPage",
    "Batch",
    "Consultation",
    "ConsultationPage",
    "Contribution",
    "Draft",
    "DraftPart",
    "Figure",
    "ImportedCount",
    "Outcome",
    "OutcomeAnswer",
    "OutcomePage",
    "OutcomeVoice",
    "Participant",
    "Phase",
    "Question",
    "Response",
    "RollUp",
    "Topic",
    "TopicTitle",
    "Visibility",
    "Vote",
    "VoteEvent",
    "Wording",
]
