"""What of this room a person can take with them: where their mailboxes stand on a newsletter's list."""

from accounts.download import give, keep_back
from outreach.services.readers import readers_of

give("outreach.Reader", of=readers_of, without=("address_key", "code"))

keep_back("outreach.Heard.contribution", "heard elsewhere, from nobody who is known here")
keep_back("outreach.Post.created_by", "work of an official for the agency")
keep_back("outreach.Post.submitted_by", "work of an official for the agency")
keep_back("outreach.KillSwitch.stopped_by", "work of an official for the agency")
keep_back("outreach.Delivery.settled_by", "work of an official for the agency")
