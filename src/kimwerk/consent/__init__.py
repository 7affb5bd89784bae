"""Consent: what a person allows whom to be told, and everything that was ever told.

A declaration points to the exact text that was signed and contains grants: a purpose, a recipient, categories of data,
a direction and a period. A disclosure freezes what was handed out, and cannot be stored without a grant in force that
covers it or a statutory basis from a maintained list, whoever calls.
"""
