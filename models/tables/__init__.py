"""SQLModel rows, one module per aggregate. Made only by mapping validated values."""
