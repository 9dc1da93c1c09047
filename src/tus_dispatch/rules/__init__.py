"""Law and policy: pure predicates over dated tables."""
