"""Past forecast calls: what was frozen, what became of it, two of them compared, how good they were."""
