"""`estafette ledger`: verify the trail, publish it, take a part of it away."""
