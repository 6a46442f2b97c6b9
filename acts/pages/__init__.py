"""Lists, overviews, look-ups and searches: each page is one read, with one entry."""
