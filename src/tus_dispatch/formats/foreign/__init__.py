"""What all importers share: codes of mistakes, and the way back to the foreign file."""
