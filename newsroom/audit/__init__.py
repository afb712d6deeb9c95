"""The record of who did what, when and through which door.

Imports only ``newsroom.core``, people and the base of the desk's pages; every act above calls
:func:`newsroom.audit.recording.record`.
"""
