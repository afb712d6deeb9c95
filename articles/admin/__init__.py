"""The desk's pages of articles and their evidence. They call acts; none of them changes a record by itself."""

from articles.admin import article, evidence, published, records

__all__ = ["article", "evidence", "published", "records"]
