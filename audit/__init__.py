"""An append-only, content-free log that can be verified: who did what and when, and proof of the rows it wrote.

Knows nothing of what it logs for; events and covered models come from the rooms that use it.
"""
