"""What of the hall a person can take with them: their place in each consultation, words, votes."""

from accounts.download import give, keep_back

give("consultations.Participant", of="person")
give("consultations.Response", of="participant__person", without=("receipt_hash", "request_key"))
give("consultations.Contribution", of="participant__person", without=("external_id",))
give("consultations.Draft", of="person", without=("visitor",))
give("consultations.DraftPart", of="draft__person")
give("consultations.Vote", of="participant__person")
give("consultations.VoteEvent", of="participant__person", without=("request_key", "xid"))

keep_back("consultations.Contribution.parent", "a reply of somebody else to one's words")
keep_back("consultations.Vote.contribution", "a vote of somebody else on one's words")
keep_back("consultations.VoteEvent.contribution", "a vote of somebody else on one's words")
keep_back("consultations.OutcomeVoice.contribution", "shown on the voice's own page, with the answer")
keep_back("consultations.ImportedCount.contribution", "a number of another system")
