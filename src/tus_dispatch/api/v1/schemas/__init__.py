"""What bodies and answers look like: nothing unknown, everything bounded, each with examples."""
