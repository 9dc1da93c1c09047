"""Made-up rural days: real commune names, invented people, the same bytes for the same seed."""
