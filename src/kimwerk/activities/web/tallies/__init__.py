"""The pages of the import of a tally."""
