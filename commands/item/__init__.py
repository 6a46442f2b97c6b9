"""`estafette item`: add to the file, read it, let it go on, take it back."""
