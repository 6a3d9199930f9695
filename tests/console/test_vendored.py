"""Front-end files of others are exactly what they say they are."""

import tomllib
from hashlib import sha256
from pathlib import Path

import console

VENDOR = Path(console.__file__).parent / "static" / "vendor"


def test_every_vendored_file_has_its_published_hash() -> None:
    named = tomllib.loads((VENDOR / "VENDOR.toml").read_text())
    found = {path.name: sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir()}
    found.pop("VENDOR.toml")
    assert found == {name: about["sha256"] for name, about in named.items()}


def test_every_vendored_file_tells_its_version_and_licence() -> None:
    for name, about in tomllib.loads((VENDOR / "VENDOR.toml").read_text()).items():
        assert about["version"] in name
        assert about["licence"]
