"""What pages show of what the acts found: values made ready, no markup."""
