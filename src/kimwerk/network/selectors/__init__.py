"""Reads about the network log, shaped for pages."""
