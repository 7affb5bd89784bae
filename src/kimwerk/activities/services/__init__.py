"""Errands of the diary: everything that changes something. One file a subject; import from the file."""
