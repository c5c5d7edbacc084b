"""What the figures say, in words: rules over them, each with its evidence and one thing to try."""
