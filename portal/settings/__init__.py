"""Settings: `base` is production-safe; `dev` and `test` loosen it."""
