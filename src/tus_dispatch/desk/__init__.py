"""Use cases: read, decide, verify, write, each once and in this order."""
