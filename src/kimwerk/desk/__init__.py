"""The desk: "Mein Tag", and the errands that join several rooms.

It shows what is due for the person who is signed in, with the quick entry always on top. It owns
no data of its own.
"""
