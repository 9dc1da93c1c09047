"""The service over HTTP: JSON in, decisions of the desk, JSON out."""
