"""Every act as a value: what it is about, what it says, and what does it."""
