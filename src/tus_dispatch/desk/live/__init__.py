"""Use cases of an association at work: several people on the same days, nothing lost."""
