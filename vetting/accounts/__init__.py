"""Who one is: persons, the accounts they sign in with, sign-in, step-up. Never what one may do."""
