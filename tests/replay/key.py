"""The key of recorded histories: fixed, public, and good for nothing else."""

KEY = bytes(range(32))
