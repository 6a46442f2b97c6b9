"""The parts of a pack: one module per kind of rule."""
