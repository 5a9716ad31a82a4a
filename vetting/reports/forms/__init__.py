"""What recipients fill in."""
