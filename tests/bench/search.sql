-- Fills what readers search: articles from number %(first)s to below %(count)s, each of fifteen sentences out of a pool
-- (tests/bench/search.py). Words of the pool are drawn as language is: few often, many seldom. Nine have “strait”.
CREATE TEMPORARY TABLE IF NOT EXISTS pool AS
SELECT n AS id, said, to_tsvector('desk_english', said) AS words
FROM generate_series(0, 19999) AS n, LATERAL (
    SELECT 'The treaty of harbour ' || n || CASE WHEN n %% 20 = 0 THEN ' on fishery ' ELSE ' ' END ||
        string_agg('word' || floor(8000 * power(random(), 4)) || 'ing', ' ') AS said
    FROM generate_series(1, 14 + n * 0)
) AS sentence;

CREATE OR REPLACE AGGREGATE pg_temp.all_words(tsvector) (SFUNC = tsvector_concat, STYPE = tsvector, INITCOND = '');

INSERT INTO articles_edition (public_id, article_id, number, kind, closes_history, digest, previous_digest,
    published_by_id, created_at)
SELECT public_id, id, 1, 'first', false, md5(slug) || md5(slug), '', %(by)s, %(now)s
FROM articles_article WHERE slug LIKE 'search-%%' AND substr(slug, 8)::int >= %(first)s;

CREATE TEMPORARY TABLE filled AS
SELECT edition.id AS edition, article_id AS article, substr(slug, 8)::int AS n,
    %(now)s::timestamptz - (substr(slug, 8)::int * 7 + 1) * interval '1 minute' AS at
FROM articles_edition edition JOIN articles_article article ON article.id = article_id
WHERE slug LIKE 'search-%%' AND substr(slug, 8)::int >= %(first)s;

INSERT INTO articles_release (article_id, edition_id, showing, embargoed, held_for, announced)
SELECT article, edition, tstzrange(at, NULL), false, '', true FROM filled;

INSERT INTO articles_rendering (edition_id, representation, template_release, etag, plain, gzipped, list_key)
SELECT edition, 'card', '', '', convert_to(json_build_object('slug', 'search-' || n, 'language', 'en', 'address',
    '/articles/search-' || n || '/', 'headline', 'Harbour treaty number ' || n, 'standfirst', 'On harbours', 'bylines',
    '[]'::json, 'archive', NULL, 'kind', 'first', 'not_yet_checked', '[]'::json, 'first_published_at', at)::text, 'UTF8'),
    '', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00 s' || lpad(n::text, 11, '0')
FROM filled;

CREATE TEMPORARY TABLE says AS
SELECT edition, n, k, floor(random() * 20000)::int AS sentence FROM filled, generate_series(0, 14) AS k;

INSERT INTO articles_searchededition (edition_id, list_key, english, plain, facets)
SELECT edition, list_key, setweight(to_tsvector('desk_english', 'Harbour treaty number ' || n), 'A')
    || setweight(words, 'D') || to_tsvector('desk_english', CASE WHEN n < 900 AND n %% 100 = 7 THEN 'strait' ELSE '' END),
    '', jsonb_build_object('language:en', '', 'publisher:p' || lpad((n %% 50)::text, 11, '0'), 'Publisher ' || n %% 50,
    'treaty:t' || lpad((n %% 300)::text, 11, '0'), 'Treaty ' || n %% 300, 'party:poland', 'Poland')
FROM filled JOIN articles_rendering ON edition_id = edition JOIN (
    SELECT edition, pg_temp.all_words(pool.words) AS words FROM says JOIN pool ON pool.id = sentence GROUP BY edition
) AS said USING (edition);

INSERT INTO articles_statement (edition_id, key, position, wording)
SELECT edition, 'sentence' || chr(97 + k / 26) || chr(97 + k %% 26), k, pool.said || CASE WHEN k = 3 AND n < 900
    AND n %% 100 = 7 THEN ' strait' ELSE '' END
FROM says JOIN pool ON pool.id = sentence;

INSERT INTO articles_searchedstatement (statement_id, searched_id, words, is_claim, is_quote)
SELECT statement.id, edition_id, pool.words || to_tsvector('desk_english', CASE WHEN wording LIKE '%% strait' THEN 'strait'
    ELSE '' END), true, false
FROM articles_statement statement JOIN says ON says.edition = edition_id AND k = position JOIN pool ON pool.id = sentence;

DROP TABLE filled, says;
