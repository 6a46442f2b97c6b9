"""`estafette audit`: what an auditor asks of the trail, and does about it."""
