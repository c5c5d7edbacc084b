"""Where deals and their history are kept: SQLModel tables, reading, writing, undo."""
