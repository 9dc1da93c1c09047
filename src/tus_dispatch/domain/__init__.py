"""Words of the association: immutable data, no input or output, no clock."""
