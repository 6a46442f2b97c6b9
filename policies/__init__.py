"""What is allowed: pure functions over packs, clocks and facts. No input or output after loading."""
