"""A million cases, and what is shown of them."""
