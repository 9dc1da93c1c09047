"""The one door to OR-Tools."""
