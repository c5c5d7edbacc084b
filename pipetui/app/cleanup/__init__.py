"""Cleanup: a queue of what is wrong with the pipeline; one key settles each deal."""
