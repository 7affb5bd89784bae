"""Reads of the diary, shaped for their purpose. One file a purpose; import from the file."""
