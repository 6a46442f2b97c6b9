"""What things are: frozen values, messages and rows. Imports nothing else of ours."""
