"""Reads about needs and gaps, shaped for pages."""
