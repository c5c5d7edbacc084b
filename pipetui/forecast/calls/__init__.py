"""The forecast call: what is said of a deal, what is frozen, and what became of it."""
