"""Trends: what the pipeline did over time, and the deals behind every point."""

from pathlib import Path

STYLES = Path(__file__).with_name("trends.tcss")
