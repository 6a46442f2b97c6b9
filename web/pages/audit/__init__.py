"""The pages of auditors: the trail, samples, findings, and what they take away."""
