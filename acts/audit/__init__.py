"""What an auditor asks of the trail, samples from it and takes away."""
