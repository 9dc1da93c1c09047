"""Filling the middle of the day: what is idle, what may come in, what must not move."""
