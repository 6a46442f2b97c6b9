"""What an officer does: one function per act, and the one door for reads."""
