"""One matcher for the words of sources: what is the same, where it stands, what comes close, which place is meant.

Pure but for :mod:`~sources.passages.texts`, which reads the archived texts. Imports ``sources.models`` there and
``newsroom.core`` elsewhere; everything in ``sources`` above the models and everything in ``articles`` may import it.
"""
