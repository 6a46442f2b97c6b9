"""What people read in the place of codes: English, translated where it is shown."""
