"""Planning of shared rides for social transport in the countryside."""

__version__ = "0.1.0"
