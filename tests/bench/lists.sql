-- Fills the readers' side: %(count)s listed articles from number %(first)s on, each a copy of the one whose edition is
-- %(like)s (tests/bench/lists.py). All are in one language and section and about one treaty, and each makes the claim
-- and carries the quote of two statements of that edition; one in a thousand has a tag.
CREATE TEMPORARY TABLE listed ON COMMIT DROP AS
SELECT n, at, public_id, nextval(pg_get_serial_sequence('articles_article', 'id')) AS article,
    nextval(pg_get_serial_sequence('articles_edition', 'id')) AS edition,
    to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00 ' || public_id AS list_key
FROM generate_series(%(first)s, %(first)s + %(count)s - 1) AS n,
    LATERAL (SELECT %(now)s::timestamptz - n * interval '1 minute' AS at, 'l' || lpad(n::text, 11, '0') AS public_id)
    AS named;

INSERT INTO articles_article (COLUMNS) SELECT COLUMNS_MADE
FROM articles_article AS one, listed, LATERAL jsonb_populate_record(one, jsonb_build_object(
    'id', listed.article, 'public_id', listed.public_id, 'slug', 'listed-' || listed.n)) AS made
WHERE one.id = (SELECT article_id FROM articles_edition WHERE id = %(like)s);

INSERT INTO articles_edition SELECT made.*
FROM articles_edition AS one, listed, LATERAL jsonb_populate_record(one, jsonb_build_object(
    'id', listed.edition, 'public_id', listed.public_id, 'article_id', listed.article)) AS made
WHERE one.id = %(like)s;

INSERT INTO articles_release SELECT made.*
FROM articles_release AS one, listed, LATERAL jsonb_populate_record(one, jsonb_build_object(
    'id', nextval(pg_get_serial_sequence('articles_release', 'id')), 'article_id', listed.article,
    'edition_id', listed.edition, 'showing', tstzrange(listed.at, NULL))) AS made
WHERE one.edition_id = %(like)s;

INSERT INTO articles_rendering SELECT made.*
FROM articles_rendering AS one, listed, LATERAL jsonb_populate_record(one, jsonb_build_object(
    'id', nextval(pg_get_serial_sequence('articles_rendering', 'id')), 'edition_id', listed.edition,
    'list_key', listed.list_key)) AS made
WHERE one.edition_id = %(like)s AND one.representation = 'card';

-- Cards are cut from the finished article of whoever says it last.
INSERT INTO articles_rendering SELECT made.*
FROM articles_rendering AS one, listed, LATERAL jsonb_populate_record(one, jsonb_build_object(
    'id', nextval(pg_get_serial_sequence('articles_rendering', 'id')), 'edition_id', listed.edition)) AS made
WHERE one.edition_id = %(like)s AND one.representation = 'api' AND n = %(first)s + %(count)s - 1;

CREATE TEMPORARY TABLE said ON COMMIT DROP AS
SELECT one.id AS like, listed.edition, nextval(pg_get_serial_sequence('articles_statement', 'id')) AS statement
FROM listed, articles_statement AS one WHERE one.id = ANY(%(statements)s) ORDER BY listed.n, one.id;

INSERT INTO articles_statement SELECT made.*
FROM articles_statement AS one JOIN said ON said.like = one.id, LATERAL jsonb_populate_record(one, jsonb_build_object(
    'id', said.statement, 'edition_id', said.edition)) AS made;

INSERT INTO articles_statementquote SELECT made.*
FROM articles_statementquote AS one JOIN said ON said.like = one.statement_id,
    LATERAL jsonb_populate_record(one, jsonb_build_object(
    'id', nextval(pg_get_serial_sequence('articles_statementquote', 'id')), 'statement_id', said.statement,
    'printed', one.printed || %(printed)s::jsonb)) AS made;

INSERT INTO articles_statementcitation SELECT made.*
FROM articles_statementcitation AS one JOIN said ON said.like = one.statement_id,
    LATERAL jsonb_populate_record(one, jsonb_build_object(
    'id', nextval(pg_get_serial_sequence('articles_statementcitation', 'id')), 'statement_id', said.statement)) AS made;

INSERT INTO articles_editionsubject (edition_id, kind, value, name, list_key)
SELECT edition, kind, value, value, list_key
FROM listed, (VALUES ('language', 'en'), ('treaty', 'bench-treaty'), ('section', 'bench'), ('tag', 'rare'),
    ('treaty', 'bench-narrow'), ('claim', %(claim)s), ('speaker', %(printed)s::jsonb #>> '{speaker,id}')) AS subject (kind, value)
WHERE (kind <> 'tag' OR n %% 1000 = 7) AND (value <> 'bench-narrow' OR n %% 50 = 3);

-- What products are cut by stays known of articles; no trigger fires here.
INSERT INTO articles_articlesubject (article_id, kind, value, list_key, since)
SELECT article, kind, value, listed.list_key, listed.at FROM listed JOIN articles_editionsubject AS subject ON subject.edition_id = edition
WHERE kind IN ('treaty', 'section', 'language');
