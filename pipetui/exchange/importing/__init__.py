"""From a CRM's export into the store: reading → mapping → candidates → comparing → writing; see `run`."""
