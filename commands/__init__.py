"""The command line: a module or folder for each noun; all share `terminal`."""
