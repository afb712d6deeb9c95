"""Readers' pages: HTML from the public side, never from a draft.

May import the acts' ``reading`` and ``rendering`` and the public-side models; never a desk-side model.
"""
