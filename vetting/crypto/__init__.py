"""Sealed values: what is sensitive is stored as ciphertext, under one key per candidacy, kept apart from the
data.
"""
