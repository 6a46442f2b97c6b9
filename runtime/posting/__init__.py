"""Ways out for notices: a mail server, and systems of agencies."""
