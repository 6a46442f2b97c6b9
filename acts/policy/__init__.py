"""Rulings looked at again: why one comes out so, and whether it still would."""
