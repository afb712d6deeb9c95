"""What the search of the desk reads words by.

Every word is kept twice: as it stands, without accents and in lower case, and by its English stem. PostgreSQL has no
Polish configuration; a Polish word is found by its beginning. ``desk_words`` is immutable, so that columns can be made
by it; characters by which the parser would take several words for one (an address, a file) part words here.
"""

from django.db import migrations

FORWARDS = """
CREATE TEXT SEARCH CONFIGURATION desk (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION desk ALTER MAPPING FOR asciiword, word, numword, asciihword, hword, numhword,
    hword_asciipart, hword_part, hword_numpart WITH unaccent, simple;
CREATE TEXT SEARCH CONFIGURATION desk_english (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION desk_english ALTER MAPPING FOR asciiword, word, numword, asciihword, hword, numhword,
    hword_asciipart, hword_part, hword_numpart WITH unaccent, english_stem;

CREATE FUNCTION desk_parted(told text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN translate(told, '.,/-_@:&=?%#+~<>', '                ');

CREATE FUNCTION desk_words(told text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('desk'::regconfig, desk_parted(told)) || to_tsvector('desk_english'::regconfig, desk_parted(told));

CREATE FUNCTION desk_text(html text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(html, '<[^>]*>', ' ', 'g');

CREATE FUNCTION desk_list(told text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_to_string(told, ' ');

CREATE FUNCTION desk_asked(word text, begins boolean) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(
    (to_tsquery('desk'::regconfig, quote_literal(word) || CASE WHEN begins THEN ':*' ELSE '' END)
     || to_tsquery('desk_english'::regconfig, quote_literal(word)))::text,
    '<(-|\\d+)>', '&', 'g')::tsquery;
"""

BACKWARDS = """
DROP FUNCTION desk_asked(text, boolean);
DROP FUNCTION desk_list(text[]);
DROP FUNCTION desk_text(text);
DROP FUNCTION desk_words(text);
DROP FUNCTION desk_parted(text);
DROP TEXT SEARCH CONFIGURATION desk_english;
DROP TEXT SEARCH CONFIGURATION desk;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_extensions")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
