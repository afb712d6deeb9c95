"""The read-only REST API over the public side.

May import the act ``reading`` and the public-side models; never a desk-side model, whatever a partner asks for.
"""
