"""Confidential reports: sealed to the people who receive them, and to nobody else. No other room may look in."""
