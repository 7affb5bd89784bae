"""Entries as files: one set of columns, one sanitiser, two formats."""
