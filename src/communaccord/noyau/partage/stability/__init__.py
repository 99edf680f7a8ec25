"""Whether a share holds: who would gain by leaving, how far from that everybody is, what it would cost to hold all."""
