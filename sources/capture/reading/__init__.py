"""Read a captured file into text: the part that runs in a process of its own (:mod:`sources.capture.extraction`).

Pure functions of bytes that know nothing of Django, the database or the clock; of this project they import only each
other, and only the modules of :mod:`sources.capture` import them.
"""
