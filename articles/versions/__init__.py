"""The versions of a draft: which there are, how any two differ by meaning, and the way back to one.

Every save is kept (pghistory); what a version rested on is read from the histories of its records. Pages and acts of
the desk import these modules; nothing of the readers' side does.
"""
