"""The look and the manners of every page: base layout, components, forms, htmx helpers, gallery.

Rooms above describe what they show as the plain values of `components` and leave the markup to the
templates here. Nothing in this room knows a person, a case or a figure.
"""
