def render_edition(edition, document): return []
