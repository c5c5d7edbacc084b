"""The dashboard, the first place: ahead, on track or behind, and what is to be done about it."""
