"""The forecast: where a period stands, and the deals behind every figure of it."""
