"""The command `tus`: one thin file per command, loaded only when it runs."""
