"""Errands around the import of a tally, from the upload to the undoing. Import from the file."""
