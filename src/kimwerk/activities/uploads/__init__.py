"""Uploaded files on their way into tables: what the imports of this room and of those above share."""
