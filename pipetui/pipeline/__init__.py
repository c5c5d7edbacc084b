"""The pipeline as it stands on a day: read from the store, judged by the playbook, ready to be searched."""
