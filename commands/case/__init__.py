"""`estafette case`: open a case, follow it, close it."""
