"""`estafette handoff`: ask other agencies, and answer them."""
