"""Files and sheets: everything that turns data into a file, and back."""
