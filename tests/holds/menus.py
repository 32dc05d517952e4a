"""What stands in the menu of each role: what it needs, and nothing else. Wagtail's words where the item is Wagtail's."""

FILES = {"Images", "Documents"}
OF_PAGES = {
    "Pages", *FILES, "Workflows", "Workflow tasks", "Site history", "Aging pages", "Page types usage", "Translations",
    "Editor Guide",
}  # fmt: skip
SPEAKS = {"Posts", "Accounts", "Stop and start"}
FRAME = "Navigation and foot"
AT_THE_CENTRE = {"Agencies", "Roles", "Topics"}
MACHINE = {
    "What's new in Wagtail 8.0", "Locked pages", "Users", "Groups", "Sites", "Locales", "Collections", "Redirects",
    FRAME,
}  # fmt: skip
ALL = {"Shortcuts"}

MENUS: dict[str, set[str]] = {
    "editor": ALL | OF_PAGES,
    "approver": ALL | OF_PAGES | SPEAKS,
    "analyst": ALL | OF_PAGES | {"Understand"},
    "moderator": ALL | {"Moderate", "Danger to life"},
    "press": ALL | SPEAKS,
    "duty": ALL | SPEAKS | {"Danger to life"},
    "clerk": ALL | {"Appeal on paper"},
    "ombuds": ALL | {"Moderate", "Appeals", "Danger to life"},
    "auditor": ALL,
    "admin": ALL
    | OF_PAGES
    | SPEAKS
    | AT_THE_CENTRE
    | {"Letters", "Open an agency", "Blocked content", "Navigation and foot"},
    "other": ALL,
    "root": ALL | OF_PAGES | AT_THE_CENTRE | MACHINE,
}
SEE_WAGTAILS_OWN = ("editor", "admin", "root")
"""Who opens what Wagtail brings; the others of `OF_PAGES` see what an editor sees."""
