"""The demo: a small world of agencies, a clock that can be moved, a case to play."""
