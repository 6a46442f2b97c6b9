"""The ledger: what appending costs, verification, proofs, who saw an item."""
