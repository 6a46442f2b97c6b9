"""Extracts of the trail in the forms that other programs read, one module each."""
