"""One message per act: words of the procedure and identifiers, never content.

A message is stored in its intent; Temporal only sees a pointer to that intent.
"""
