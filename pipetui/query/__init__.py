"""Finding deals: a small filter language over prepared rows, and the orders they can be sorted in."""
