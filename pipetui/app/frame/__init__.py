"""The frame around every place: header, status row, footer."""
