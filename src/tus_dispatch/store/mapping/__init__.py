"""Rows and domain values, both ways; nothing is lost on the way and nothing invented."""
