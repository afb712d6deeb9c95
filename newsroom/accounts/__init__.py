"""People: who signs in to the desk, in which roles, and who is named in bylines.

Imports only ``newsroom.core``; everything above may import it.
"""
