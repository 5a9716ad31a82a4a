"""The personnel system's list of ended employments: read, matched by keyed digest, taken in. No name, no page."""
