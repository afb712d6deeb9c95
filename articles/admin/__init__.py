"""The desk's pages of articles and their evidence. They call acts; none of them changes a record by itself."""

from articles.admin import (
    amend_page,
    article,
    calendar_page,
    cited_by_page,
    evidence,
    evidence_rules,
    finding_page,
    flash_pages,
    merge_page,
    published,
    recalls,
    records,
    sections,
    set_right,
    stages_page,
    stale_page,
)

__all__ = [
    "amend_page",
    "article",
    "calendar_page",
    "cited_by_page",
    "evidence",
    "evidence_rules",
    "finding_page",
    "flash_pages",
    "merge_page",
    "published",
    "recalls",
    "records",
    "sections",
    "set_right",
    "stages_page",
    "stale_page",
]
