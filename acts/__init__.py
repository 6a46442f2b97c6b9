"""What an officer does: a module per subject of acts; a folder per kind of read."""
