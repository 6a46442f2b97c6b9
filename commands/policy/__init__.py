"""`estafette policy`: check, explain and replay the sharing rules."""
