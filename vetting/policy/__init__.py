"""Policy as data: roles, matrix, machines, grounds, checks, events. Pure Python, readable by a jurist."""
