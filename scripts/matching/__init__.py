"""Learns, tests and measures the weights of `kimwerk.persons.matching` on labelled registrations."""
