"""Why a draft cannot go out. One answer, read by the desk's panel, by waivers and by ``publish``.

``assessing`` puts it together: ``sentences`` looks at what is written, ``evidence`` at what it rests on, ``records``
at what people recorded.
"""

from articles.readiness.assessing import assess, blockers, draft_blockers, standing
from articles.readiness.blocker import Blocker, NotReady

__all__ = ["Blocker", "NotReady", "assess", "blockers", "draft_blockers", "standing"]
