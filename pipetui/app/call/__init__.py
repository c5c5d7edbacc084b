"""The guided forecast call: one deal of the period after the other, then the number."""
