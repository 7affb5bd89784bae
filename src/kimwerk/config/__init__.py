"""The fuse box: settings, root addresses, entry points. Nothing of the work itself."""
