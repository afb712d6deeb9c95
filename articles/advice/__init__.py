"""Advice while writing: rules over the parsed body that point at what a reader may stumble over. None ever blocks.

Pure, without Django: imports ``articles.body`` and pure functions of ``articles.rules`` alone. What a person may answer
is kept by :mod:`articles.advising`.
"""

from articles.advice.giving import MOST, Text, advise
from articles.advice.model import Advice

__all__ = ["MOST", "Advice", "Text", "advise"]
