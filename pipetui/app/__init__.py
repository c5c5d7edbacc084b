"""The Textual app: places, dialogs, and the frame around them."""
