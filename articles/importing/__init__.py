"""Reading numbered text: from bytes to a proposal of paragraphs, segments, quotes, speakers and sources.

`reading` and `reference_list` take in what comes from outside, `proposal` puts the parts together, `report` says what
was found. Everything here that those four use is pure: no models, no settings, no clock; the same text always gives
the same proposal. What is numbered text, and which form of it is canonical: `design.md`, The body.
"""
