"""What goes wrong for reasons a user can do something about."""


class Problem(Exception):
    """One clear, translated sentence that says what happened and what to do. It is shown as it is, never a traceback."""
