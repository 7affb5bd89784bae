"""Reads of money. Whoever is handed what single people cost is recorded."""
