"""How the world is touched: the record step, the relay, the integrator."""
