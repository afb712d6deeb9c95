"""House laws that no reviewer should have to watch over: layout, imports, what is public, what is written down."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands

from articles import models

ROOT = Path(__file__).resolve().parents[1]
APPS = ("newsroom", "articles", "sources")
PACKAGES = (*APPS, "newsroom/core", "newsroom/api", "newsroom/accounts", "newsroom/audit", "newsroom/notices")
FOLDERS = (*APPS, "templates", "tests", "static", "deploy", "locale", ".ci")
LONGEST_FILE = 300
COUNTED = {".py", ".html", ".js", ".css"}

# Modules of articles whose records only the desk sees.
DESK_MODULES = {
    "advice_answer",
    "article",
    "challenge",
    "claim",
    "comment",
    "quote",
    "citation",
    "checking",
    "draft_lock",
    "image",
    "imported",
    "recall",
    "score",
    "sealing",
    "section",
    "share_link",
    "sign_off",
    "assignment",
    "legal_hold",
    "standing",
    "removal",
    "set_aside",
    "wording",
}
DESK_ACTS = {
    "checkers_file",
    "advising",
    "challenging.contact",
    "challenging.deciding",
    "commenting",
    "corrections",
    "dossier",
    "draft_locks",
    "drafting",
    "fact_checking",
    "importing",
    "readiness",
    "recalling",
    "previewing",
    "review",
    "sharing",
    "signing_off",
}
READERS_DOORS = ("articles/public", "articles/api", "sources/public", "sources/api", "newsroom/partners")

ASKING = {"filter", "exclude", "get", "get_or_create", "update_or_create", "Q", "When"}
THE_PUBLIC_MODULE = "articles/models/public.py"
# The act that ends one release and begins the next must find the open one; a change's kind says what it is about,
# and a constraint may say what a kind asks for. A notice has a kind, too, and so has a subject.
PERMITTED = {
    ("newsroom/notices/telling.py", "kind__in"),
    ("articles/public/related.py", "kind"),
    ("articles/public/related.py", "kind__in"),
    ("articles/models/edition.py", "kind"),
    ("articles/models/change.py", "kind"),
    ("articles/models/change.py", "kind__startswith"),
    ("articles/publishing/editions.py", "showing__upper_inf"),
    ("articles/walking.py", "kind"),
    ("articles/models/subject.py", "kind__in"),
}


def files(*folders, suffixes=None):
    """The project's own text files in ``folders``, none of a tool's leavings."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if (
                path.is_file()
                and "__pycache__" not in path.parts
                and (not suffixes or path.suffix in suffixes)
            ):
                yield path


def source(*folders):
    """Pairs of (path within the project, syntax tree) of the modules in ``folders`` but migrations."""
    for path in files(*folders, suffixes={".py"}):
        if "migrations" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def test_imports_run_downwards():
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_is_longer_than_a_reader_can_hold():
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines())
        for path in files(*FOLDERS, suffixes=COUNTED)
        if not {"migrations", "vendor", "snapshots"} & set(path.parts)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_says_what_it_is_for_and_who_may_import_it(package):
    docstring = ast.get_docstring(ast.parse((ROOT / package / "__init__.py").read_text()))
    assert docstring
    assert "import" in docstring.lower()


def asked_about_being_public(tree):
    """Names of the lookups in ``tree`` that filter on a release's time or an edition's kind."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if called in ASKING:
            for keyword in call.keywords:
                if keyword.arg and {"showing", "kind"} & set(keyword.arg.split("__")):
                    yield keyword.arg


def test_what_is_public_is_asked_in_one_module_only():
    found = {
        (name, lookup)
        for name, tree in source("articles", "newsroom")
        for lookup in asked_about_being_public(tree)
        if name != THE_PUBLIC_MODULE
    }
    assert found - PERMITTED == set()


@pytest.mark.parametrize(
    "line",
    [
        "Edition.objects.filter(release__showing__contains=now)",
        "editions.exclude(kind__in=UNLISTED)",
        "Article.objects.filter(Q(editions__kind='first'))",
    ],
)
def test_the_search_for_public_filters_finds_one(line):
    assert list(asked_about_being_public(ast.parse(line)))


def desk_names():
    """The desk-side models by name, as the package hands them out."""
    return {
        name
        for name in models.__all__
        if getattr(models, name).__module__.removeprefix("articles.models.") in DESK_MODULES
    }


def reads_the_desk(tree):
    """What ``tree`` imports from, or names of, the desk side."""
    desk = desk_names()
    forbidden = {f"articles.models.{module}" for module in DESK_MODULES}
    forbidden |= {f"articles.{module}" for module in DESK_ACTS}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            full = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            yield from (name for name in full if name in forbidden or name.startswith("articles.importing."))
            if node.module.startswith("articles.models"):
                yield from (alias.name for alias in node.names if alias.name in desk)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in forbidden)
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("models"):
            yield from {node.attr} & desk


def test_readers_doors_never_open_the_desk_side():
    found = [(name, what) for name, tree in source(*READERS_DOORS) for what in reads_the_desk(tree)]
    assert found == []


def test_the_door_for_shared_drafts_opens_the_desk_side_by_one_module_only():
    found = {what for _, tree in source("articles/shared") for what in reads_the_desk(tree)}
    assert found == {"articles.sharing"}


@pytest.mark.parametrize(
    "line",
    [
        "from articles.models import Edition, Claim",
        "from articles.models.claim import Claim",
        "from articles import drafting",
        "import articles.models\narticles.models.Article.objects.all()",
    ],
)
def test_the_search_for_desk_models_finds_one(line):
    assert list(reads_the_desk(ast.parse(line)))


def test_the_readme_names_only_commands_that_exist():
    readme = (ROOT / "README.md").read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z][a-z-]*)", readme)) - targets == set()
    assert set(re.findall(r"manage\.py ([a-z_]+)", readme)) - set(get_commands()) == set()


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_tree_names_no_registry_and_no_machine():
    """Written in two halves here, so that this file does not name them either."""
    halves = [
        ("pypi", r"\.org"),
        ("python", r"hosted\.org"),
        ("npmjs", r"\.(org|com)"),
        ("deb", r"\.debian\.org"),
    ]
    halves += [
        ("/work", "/"),
        ("/root", "/"),
        ("/opt", "/wheels"),
        (r"\.pyenv/versions", r"/\d+\.\d+\.\d+/lib"),
    ]
    names = re.compile("|".join(rf"(?<![\w.])({first}{second})" for first, second in halves))
    # In a linked worktree .git is a file, and no part of the tree.
    loose = (path for path in ROOT.iterdir() if path.is_file() and path.name != ".git")
    everywhere = [*files(*FOLDERS), *loose]
    found = {}
    for path in everywhere:
        text = path.read_bytes().decode("utf-8", "replace")
        if match := names.search(text):
            found[path.relative_to(ROOT).as_posix()] = match[0]
    assert found == {}


def test_the_locks_hold_hashes_and_no_address():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "--hash=sha256:" in text
        assert "http" + "://" not in text
        assert "https" + "://" not in text
