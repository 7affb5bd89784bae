"""The pages of the import of a list."""
