"""What the Code du travail allows a driver to work: one rule per file, one list of them all."""
