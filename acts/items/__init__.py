"""The one door to an item: ruling, releasing, opening, and the numbers in it."""
