"""Places, organisations and professional contacts: the part of kimwerk that may be published.

Municipalities carry their official keys. Sites are where counselling takes place. Contacts are
people in their profession, each with the day on which somebody last checked them.
"""
