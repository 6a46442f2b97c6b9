"""What pages ask for an act: one form each; choices come from the pack."""
