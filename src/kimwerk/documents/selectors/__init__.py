"""Reads about templates, shaped for pages."""
