"""Keep files whole or not at all, in the default storage, under names made of their own digest."""

import hashlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage


def name_of(folder: str, sha256: str, ending: str) -> str:
    """Where the file with this digest lies."""
    return f"{folder}/{sha256[:2]}/{sha256}.{ending}"


def keep_file(folder: str, data: bytes, ending: str) -> str:
    """Keep ``data`` under its SHA-256, which is returned; the same bytes are kept once.

    Either all of it is there afterwards or nothing is. A file that no record names, because the act was not kept,
    does no harm.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    name = name_of(folder, sha256, ending)
    if isinstance(default_storage, FileSystemStorage):
        # By ourselves: it would write under the final name from the first byte on.
        _store_in_folder(Path(default_storage.path(name)), data)
    elif not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))
    return sha256


def _store_in_folder(path: Path, data: bytes) -> None:
    """Write ``data`` beside ``path`` and move it there once the disk has it. Only its owner can read it."""
    for folder in reversed(path.parents[:2]):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
