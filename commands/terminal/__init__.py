"""What every command needs: who acts, what is typed, what is shown, how it ends."""
