"""Disposal (*gallring*): what retention says is due, decided by two persons, carried out and proved."""
