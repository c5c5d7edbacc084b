"""Figures with a name in the literature, in plain Python."""
