"""What each view of the trends shows, worked out off the event loop."""
