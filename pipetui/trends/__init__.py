"""What a pipeline did over time: velocity, conversion, time in stage, flow, and what that says in words."""
