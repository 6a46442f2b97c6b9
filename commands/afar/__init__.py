"""An installation elsewhere: signing in to it, and asking its API."""
