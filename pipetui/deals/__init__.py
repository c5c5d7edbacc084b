"""What a deal is: values, text rules, events. No I/O, no screen, no database."""
