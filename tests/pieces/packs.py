"""The packs that are shipped, read once for all tests that only look at them."""

from policies.loading import load_packs

PACKS = load_packs()
