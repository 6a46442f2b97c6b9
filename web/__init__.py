"""Server-rendered pages; coordination renders those without content, nodes the rest."""
