"""What a pipeline is worth: totals and periods."""
