"""The recipients' pages, all under /anmalningar/."""
