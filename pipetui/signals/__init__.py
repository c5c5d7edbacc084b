"""What is not as it seems: one rule, one function, with its evidence, its threshold and a fix."""
