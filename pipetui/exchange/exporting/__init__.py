"""Deals, flags, conflicts and changes out of the store, for spreadsheets, calendars, scripts and the CRM."""
