"""The pages of this room: the gallery of components and the list of keys."""
