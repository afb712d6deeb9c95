"""The body of an article: text with marks, its stored HTML, its quotations and its sentences.

Gate, preview, edition, diff, import and export all go through this one parser. Pure: no models, no
settings, no clock; anybody in `articles` may import it, and it imports nothing of this project but
`newsroom.core`.
"""
