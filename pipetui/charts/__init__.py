"""Charts as text: what is drawn is tidied first, then drawn by plotext or cell by cell."""
