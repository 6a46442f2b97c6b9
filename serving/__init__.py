"""The processes that serve, one module each: wiring only. `worker.py` picks one."""
