"""The second factor of everybody in Nadipur, for `portal.settings.dev` and the demo. It imports nothing."""

TOTP_SECRET = "NADIPURWATERNADIPURWATERNADIPURW"  # noqa: S105 - printed by the demo, and good nowhere else
