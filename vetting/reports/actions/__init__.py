"""What changes a report. Recipients' acts ask the door first; those of the reporter have the code."""
