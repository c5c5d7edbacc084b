"""Cleaning a pipeline up: what is wrong, deal by deal; how far one is; what was decided."""
