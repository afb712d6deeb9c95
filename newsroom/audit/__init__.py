"""The record of who did what, when and through which door.

Imports only ``newsroom.core`` and the user model; every act above calls :func:`newsroom.audit.recording.record`.
"""
