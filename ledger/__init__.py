"""The tamper-evident trail: canonical bytes, Merkle tree, checkpoints, verification."""
