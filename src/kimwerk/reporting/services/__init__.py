"""Writing, building and releasing reports."""
