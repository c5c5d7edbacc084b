"""Pipeline reviews and forecast calls in the terminal, from plain CRM exports."""

__version__ = "0.1.0"
