"""What comes in and goes out: exports of a CRM, sample data."""
