"""The diary's views. One file a subject."""
