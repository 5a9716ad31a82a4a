"""The second factor of a sign-in: an app's codes, security keys, and recovery codes for when they are lost."""
