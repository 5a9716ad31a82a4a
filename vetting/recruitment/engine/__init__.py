"""Pure judgements about a case: what its rows are, what is missing, what may happen next. Nothing here writes."""
