"""Roles, accounts, units and substitutes: who may do what, proposed by one and confirmed by another. Reads no case."""
