"""What happens when: deterministic Temporal workflows that read like the procedure."""
