"""What the sign-in pages ask about the ways of signing in."""
