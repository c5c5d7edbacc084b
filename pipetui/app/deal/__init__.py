"""A deal, whole: the same view from everywhere."""
