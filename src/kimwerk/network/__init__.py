"""Whom the office knows, and how others hear of it.

Contacts with organisations and working groups say who knows whom and when they last met; what somebody offers is
brought together with what is needed. A register holds what was told to the public: portraits, newsletters, flyers.
"""
