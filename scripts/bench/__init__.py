"""./run bench: measures the program through its real server, beside the bare database.

It prepares a database of its own in `var/bench` once, starts server and worker as in production,
and speaks HTTP to them over connections that stay open. It is never part of the tests.
"""
