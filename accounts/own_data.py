"""What of this room, and of Django's and Wagtail's tables, a person can take with them."""

from accounts.download import give, keep_back

give("accounts.Person", of="pk", without=("password",))
give("accounts.ContactPoint", of="person", without=("address_key",))
give("accounts.Membership", of="person")
give("accounts.OpenSession", of="person", without=("session",))
give("accounts.SignInCode", of="person", without=("address_key", "browser_key", "code_hash"))
give("mfa.Authenticator", of="user", without=("data",))
give("wagtailusers.UserProfile", of="user")
give("wagtailcore.PageLogEntry", of="user", without=("data",))
give("wagtailcore.ModelLogEntry", of="user", without=("data",))
give("wagtailcore.Comment", of="user")
give("wagtailcore.CommentReply", of="user")
give("wagtailcore.PageSubscription", of="user")

OFFICE = "work of an official on pages of the agency; it belongs to the page"
for column in (
    "wagtailcore.Revision.user",
    "wagtailcore.Page.owner",
    "wagtailcore.Page.locked_by",
    "wagtailcore.WorkflowState.requested_by",
    "wagtailcore.TaskState.finished_by",
    "wagtailcore.Comment.resolved_by",
    "wagtailcore.UploadedFile.uploaded_by_user",
    "wagtaildocs.Document.uploaded_by_user",
    "wagtailimages.Image.uploaded_by_user",
    "wagtail_localize.StringTranslation.last_translated_by",
    "wagtail_localize.SegmentOverride.last_translated_by",
    "foundation.Approval.submitted_by",
    "foundation.Approval.approved_by",
    "foundation.Writer.person",
):
    keep_back(column, OFFICE)
keep_back("wagtailcore.CommentReply.comment", "other people's replies; one's own stand under `user`")
keep_back("wagtailadmin.EditingSession.user", "who has an editor open just now; forgotten within minutes")
keep_back("wagtailadmin.FormState.user", "how a form of the admin stands open just now")
keep_back("wagtailcore.APIToken.user", "not used here: Wagtail's own API has no address")
keep_back("account.EmailAddress.user", "not used here: addresses stand in accounts.ContactPoint")
keep_back("accounts.Person_groups.person", "follows accounts.Membership")
keep_back("accounts.Person_user_permissions.person", "not used here: nobody has permissions of their own")
