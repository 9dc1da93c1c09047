"""How the files of our own are read and written: shapes, checks and their messages."""
