"""Errands around the import of a list, from the upload to the undoing. Import from the file."""
