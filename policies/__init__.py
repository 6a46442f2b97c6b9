"""What is allowed: pure functions over packs, clocks and facts, once loaded."""
