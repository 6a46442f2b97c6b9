"""Keys, envelopes, signatures and shredding: what an agency's node can do."""
