"""Reads of the language programme."""
