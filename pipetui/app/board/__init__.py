"""The board: one Line-API widget a column, cards as cached strips."""
