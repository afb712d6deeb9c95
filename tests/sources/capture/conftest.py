"""Files of its own for each test: some damage what they stored, and no other test shall find that."""

import pytest
from django.core.files.storage import default_storage, storages


@pytest.fixture(autouse=True)
def _own_files(monkeypatch):
    monkeypatch.setattr(default_storage, "_wrapped", storages.create_storage(storages.backends["default"]))
