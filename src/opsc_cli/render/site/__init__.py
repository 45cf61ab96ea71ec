"""`opsc site`: every answer as pages that need no server, with a static API beside them.

The texts of the pages are in texts/, one file a language; how they look is in templates/. Only pages.py uses Jinja2.
"""
