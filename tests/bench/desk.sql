-- Fills the desk: %(count)s articles from number %(first)s on, each with its claims and sources (tests/bench/desk.py).
INSERT INTO sources_source (public_id, title, url, url_key, kind, creators, language, note, derivation, confidential,
    public_label, usage_terms, archive_shown, withdrawn_by, withdrawal_reason, created_by_id, created_at)
SELECT 's' || lpad((n * %(sources)s + k)::text, 11, '0'), 'Harbour report ' || n || ' of part ' || k,
    'https://bench.example/' || n || '/' || k, 'https://bench.example/' || n || '/' || k, 'article', '', 'en', '', '',
    false, '', '', false, '', '', %(by)s, %(now)s
FROM generate_series(%(first)s, %(first)s + %(count)s - 1) AS n, generate_series(0, %(sources)s - 1) AS k;

INSERT INTO articles_claim (public_id, label, kind, standing, created_by_id, created_at)
SELECT 'c' || lpad((n * %(claims)s + k)::text, 11, '0'), 'Harbour ' || n || ' opens to ships of state ' || k,
    'general', 'normal', %(by)s, %(now)s
FROM generate_series(%(first)s, %(first)s + %(count)s - 1) AS n, generate_series(0, %(claims)s - 1) AS k;

INSERT INTO articles_citation (claim_id, source_id, stance, carries, exact, prefix, suffix, locator, position,
    chosen_by_id, created_at)
SELECT claim.id, source.id, 'supports', '', '', '', '', '', 0, %(by)s, %(now)s
FROM generate_series(%(first)s, %(first)s + %(count)s - 1) AS n, generate_series(0, %(claims)s - 1) AS k
JOIN articles_claim claim ON claim.public_id = 'c' || lpad((n * %(claims)s + k)::text, 11, '0')
JOIN sources_source source ON source.public_id = 's' || lpad((n * %(sources)s + k %% %(sources)s)::text, 11, '0');

INSERT INTO articles_article (public_id, slug, language, stage, headline, headline_rests_on, standfirst,
    standfirst_rests_on, body, rests_on, created_by_id, created_at, saved_at, version)
SELECT 'a' || lpad(n::text, 11, '0'), 'bench-' || n, 'en', (ARRAY['draft', 'fact_check', 'review'])[n %% 3 + 1],
    'Harbour treaty number ' || n, '{}', 'Two states share harbour ' || n, '{}',
    string_agg('<p><span data-segment="' || translate(substr(md5(n || '-' || k), 1, 10), '0189', 'wxyz')
        || '" data-claim="' || claim || '">Harbour ' || n || ' opens to ships of state ' || k || '</span>.</p>', ''),
    array_agg(claim), %(by)s, %(now)s, %(now)s::timestamptz - n * interval '1 minute', 1
FROM generate_series(%(first)s, %(first)s + %(count)s - 1) AS n, generate_series(0, %(claims)s - 1) AS k,
    LATERAL (SELECT 'c' || lpad((n * %(claims)s + k)::text, 11, '0') AS claim) AS named
GROUP BY n;
