"""What a user has settled once for all: the config file."""
