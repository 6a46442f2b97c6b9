"""How the world is touched: what workflows call, and the loops that run beside them."""
