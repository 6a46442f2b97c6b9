"""What auditors and the DPO write: findings, honey records and lists, sealed apart."""
