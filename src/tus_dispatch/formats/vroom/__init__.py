"""A day in the JSON dialect of VROOM, with what VROOM cannot say under a key of our own."""
