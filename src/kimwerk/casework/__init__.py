"""Casework: counselling people from arrival to naturalisation, and never letting anything slip out.

A case belongs to one person and one responsible case manager. What is said in it is sealed with the person's key and
walled by who works on the case; the coordination sees the list and the load in numbers, and content only by a sample
or by breaking the glass, for a reason, for a time, and seen by the case manager.
"""
