"""The tables, one file per subject; their classes never leave the store."""
