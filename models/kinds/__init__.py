"""The vocabulary of the log: one frozen class for each kind of event."""
