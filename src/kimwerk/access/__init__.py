"""The vocabulary of rights: what may be done, which roles may do it, and who is acting.

A data protection officer can review `permissions.py` and `roles.py` as two readable tables. The
room has no tables of its own; its migration brings the functions on which every row-level wall
stands.
"""
