"""What is kept: one database, one way to write to it, and nothing of it leaves but domain words."""
