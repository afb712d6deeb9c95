"""The public API's manners: problem details, pages, filters and renderers, without any content.

Imports only ``newsroom.core``; the apps' ``api`` packages use it.
"""
