"""Decisions about a day: pure functions from a plan to a plan, an offer or a sheet."""
