"""The standards we speak to the world outside; each in a folder of its own, independent of the others.

They read what other rooms have published, and keep nothing.
"""
