"""How fast, beside what: `make bench`. Every figure stands beside its floor or a peer, measured in the same run."""
