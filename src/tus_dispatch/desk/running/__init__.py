"""Running the server: settings, secrets, logs, guards, backups and diagnosis."""
