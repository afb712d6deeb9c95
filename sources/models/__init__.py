"""The models of the evidence side, one concept a module."""

from sources.models.publisher import Publisher
from sources.models.source import Source
from sources.models.speaker import Speaker, SpeakerRole

__all__ = ["Publisher", "Source", "Speaker", "SpeakerRole"]
