"""Counts without persons: what is known of a period that is over, protected against pointing anybody out."""
