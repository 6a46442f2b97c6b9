"""The mTLS link between coordination and the nodes of agencies: both ends."""
