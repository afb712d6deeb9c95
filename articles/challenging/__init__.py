"""Readers doubt a sentence, the desk finds out, and the reader is told.

``asking`` is all that the readers' door calls; ``deciding`` has the acts of the desk; ``contact`` keeps the address of
who wants a letter, and forgets it. Doors import them; they import the models and access.
"""
