"""Measurements; how to repeat them is in docs/benchmarks.md."""
