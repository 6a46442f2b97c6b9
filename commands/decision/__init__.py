"""`estafette decision`: propose, adopt, notify or withdraw."""
