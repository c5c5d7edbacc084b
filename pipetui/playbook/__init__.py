"""The sales process as data: stages, criteria, thresholds, quotas; a TOML file that teams keep in git."""
