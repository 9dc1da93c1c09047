"""The judge of filled days: what was told or planned before has not been disturbed."""
