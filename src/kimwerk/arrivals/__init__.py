"""Newly arrived people, registered in lists when many come at once.

A list belongs to an occasion and a municipality. Case managers enter families, the coordination checks and releases,
and doubles are found across scripts and set aside without losing either side. A registration is no case and opens no
file of a person.
"""
