"""Measurements: ratios taken side by side on the machine that runs them."""
