-- Fills the readers' side: %(count)s listed articles from number %(first)s on, each an edition like the one that is
-- there already (tests/bench/lists.py). All are in one language and about one treaty; one in a thousand has a tag.
INSERT INTO articles_article (public_id, slug, language, stage, headline, headline_rests_on, standfirst,
    standfirst_rests_on, body, rests_on, created_by_id, created_at, saved_at, version)
SELECT 'l' || lpad(n::text, 11, '0'), 'listed-' || n, 'en', 'approved', 'Harbour treaty number ' || n, '{}', '', '{}',
    '', '{}', %(by)s, %(now)s, %(now)s, 1
FROM generate_series(%(first)s, %(first)s + %(count)s - 1) AS n;

INSERT INTO articles_edition (public_id, article_id, number, kind, digest, previous_digest, published_by_id,
    created_at, closes_history)
SELECT article.public_id, article.id, 1, 'first', repeat('0', 64), '', %(by)s, %(now)s, false
FROM articles_article article WHERE article.slug LIKE 'listed-%%'
    AND substr(article.slug, 8)::int BETWEEN %(first)s AND %(first)s + %(count)s - 1;

CREATE TEMPORARY TABLE listed ON COMMIT DROP AS
SELECT edition.id AS edition, edition.article_id AS article, n, %(now)s::timestamptz - n * interval '1 minute' AS at,
    to_char((%(now)s::timestamptz - n * interval '1 minute') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
    || '+00:00 ' || edition.public_id AS list_key
FROM articles_edition edition, LATERAL (SELECT substr(edition.public_id, 2)::int AS n) AS named
WHERE edition.public_id LIKE 'l%%' AND edition.digest = repeat('0', 64)
    AND n BETWEEN %(first)s AND %(first)s + %(count)s - 1;

INSERT INTO articles_release (article_id, edition_id, showing, embargoed, announced, held_for)
SELECT article, edition, tstzrange(at, NULL), false, true, '' FROM listed;

INSERT INTO articles_rendering (edition_id, representation, template_release, etag, plain, gzipped, list_key)
SELECT edition, 'card', card.template_release, card.etag, card.plain, '', listed.list_key
FROM listed, (SELECT * FROM articles_rendering WHERE representation = 'card' ORDER BY id LIMIT 1) AS card;

INSERT INTO articles_editionsubject (edition_id, kind, value, name, list_key)
SELECT edition, kind, value, '', list_key
FROM listed, (VALUES ('language', 'en'), ('treaty', 'bench-treaty'), ('tag', 'rare')) AS subject (kind, value)
WHERE kind <> 'tag' OR n %% 1000 = 7;
