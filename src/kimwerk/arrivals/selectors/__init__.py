"""Reads of registration lists, each shaped for a purpose."""
