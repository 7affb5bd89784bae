"""Errands of finance."""
