"""The candidate's own page: a code, no account. Owns no tables; what it writes, the recruitment's actions write."""
