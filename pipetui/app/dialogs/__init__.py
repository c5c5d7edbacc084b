"""Dialogs: small modal screens that end in one value, or in `None` for "never mind"."""
