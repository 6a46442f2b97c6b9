"""Full cases per second against bare Temporal."""
