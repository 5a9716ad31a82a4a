"""Two accounts that belong to one person: what follows everywhere where persons are counted."""
