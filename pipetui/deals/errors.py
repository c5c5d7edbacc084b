"""What goes wrong for reasons a user can do something about."""


class Problem(Exception):  # noqa: N818 - it is shown to people, who have problems, not errors
    """One clear, translated sentence that says what happened and what to do; shown as it is."""


class Misuse(Problem):
    """What was asked for is not written as it must be; a command exits with 2 instead of 1."""
