"""Benchmarks: instances run by our engines and by peers, judged, re-priced and tabled."""
