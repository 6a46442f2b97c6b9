"""Servers for demo and tests: PostgreSQL and Temporal as children of one process."""
