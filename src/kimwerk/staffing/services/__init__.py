"""Errands of staffing."""
