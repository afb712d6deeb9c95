"""Notices: what happened that a person has to know, in the desk and by mail, as each of them chose.

Imports ``newsroom.accounts`` and ``newsroom.core``; every act above calls :func:`newsroom.notices.telling.tell`. What a
notice is about is named by whoever registers its kind of record (:mod:`newsroom.notices.subjects`).
"""
