"""The newsroom: settings, addresses and what every app shares.

``newsroom.core`` imports nothing of the project, ``newsroom.api``, ``accounts`` and ``audit`` import only the
core; ``newsroom.urls`` is the top and may import every app. Nothing imports ``newsroom.urls``.
"""
