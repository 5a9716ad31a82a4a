"""Tables to compare with: the same columns without log, without history, without sealing."""
