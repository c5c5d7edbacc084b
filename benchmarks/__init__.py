"""How fast pipetui is, beside the smallest Textual app in the same run: `python -m benchmarks`."""
