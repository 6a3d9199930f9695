"""The shipped library, loaded once."""

import pytest

from definitions.library import Library


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.load(None, "zhuji")
