"""Content on its way in: drafted, looked at, and sealed before an act is staged."""
