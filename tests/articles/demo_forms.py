"""The demo's articles in every form that the API gives, held against the standards."""

import json
from pathlib import Path

from tests.articles.standards import validate

# The checks' name for each form.
KINDS = {"ninjs": "ninjs", "jsonld": "jsonld", "annotations": "annotation", "csl": "csl"}


def problems_of_every_form(client, folder: Path) -> list[str]:
    """What is wrong with the forms of every article that is listed, and of its first edition, a line each."""
    listed = client.get("/api/v1/articles/?limit=100").json()["results"]
    assert len(listed) == 4
    files = {kind: [] for kind in KINDS.values()}
    for place in (place for entry in listed for place in (entry["api"], f"{entry['api']}editions/1/")):
        for form, kind in KINDS.items():
            answer = client.get(place, {"format": form})
            assert answer.status_code == 200
            for part in parts_of(form, answer.json()):
                file = folder / f"{kind}-{len(files[kind])}.json"
                file.write_text(json.dumps(part))
                files[kind].append(file)
    assert len(files["annotation"]) > len(files["ninjs"])
    # Google asks for a picture, which some texts have not.
    found = [line for kind, made in files.items() for file in made for line in validate(kind, file)]
    return [line for line in found if "recommends image" not in line]


def parts_of(form: str, told) -> list:
    """What is checked alone: an annotation is whole with the context of its collection."""
    if form != "annotations":
        return [told]
    return [{"@context": told["@context"]} | item for item in told["first"]["items"]]
