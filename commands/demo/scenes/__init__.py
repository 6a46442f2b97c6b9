"""The reference case, scene by scene; each act is done by the right officer."""
