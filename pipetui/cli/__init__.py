"""The command line: one module a command group. Heavy libraries are imported when a command runs."""
