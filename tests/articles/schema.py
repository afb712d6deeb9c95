"""Hold a document against the schema of editions."""

import json
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator

from articles import documents


@cache
def validator() -> Draft202012Validator:
    schema = json.loads(Path(documents.__file__).with_name("edition.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def valid(document: dict) -> bool:
    """True; raises ValidationError, which names the place, for a document that is not as the schema says."""
    validator().validate(document)
    return True
