"""A fictive municipality with three years of recruitments, told through the real actions."""
