"""Reads of casework. Whoever is handed what stands in a case is recorded."""
