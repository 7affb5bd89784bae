"""Reads about events, shaped for pages."""
