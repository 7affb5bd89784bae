"""Reads about committees, shaped for pages."""
