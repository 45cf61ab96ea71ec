"""Results as text: one module per result, named as its command, with its JSON, columns, parts and events.

A result is a Listing (listing.py, which has the formats). The contract (contract.py, documents.py) types its JSON, its
parts are plain data (parts.py) that screen.py draws, and its events become a calendar (ics.py).
"""
