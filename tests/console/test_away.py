"""The console says plainly that Temporal or the database is away."""

from base64 import b64encode
from pathlib import Path

import httpx
import pytest

from console.app import create_app
from console.keys import SecretMissing
from records.database import connect, migrate
from settings import Settings

TOKEN = "token"  # noqa: S105
FILING = {
    "procedure": "dispute-mediation",
    "unit": "枫桥镇/新择湖村",
    "fields": {"summary": "屋后排水沟被堵", "parties": "甲户、乙户"},
}


def console(folder: Path, database_url: str) -> httpx.AsyncClient:
    settings = Settings(
        home=str(folder), database_url=database_url, token=TOKEN, seal_key=b64encode(b"k" * 32).decode()
    )
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(settings)),
        base_url="http://127.0.0.1",
        headers={"Authorization": f"Bearer {TOKEN}"},
    )


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:9")


async def test_without_temporal_filing_says_that_a_repeat_is_safe(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'records.db'}"
    records = connect(url)
    migrate(records)
    records.dispose()
    async with console(tmp_path, url) as http:
        answer = await http.post("/api/cases", json=FILING)
        assert (answer.status_code, answer.json()["code"]) == (503, "engine-away")
        assert (await http.get("/api/cases")).json()["cases"] == []
        assert (await http.get("/api/health")).json()["temporal"] is False


@pytest.mark.parametrize("path", ["/api/cases", "/api/cases/D-1", "/api/ledger/verify"])
async def test_without_the_database_reading_is_refused_for_now(tmp_path: Path, path: str) -> None:
    async with console(tmp_path, "postgresql://nobody@127.0.0.1:9/none") as http:
        answer = await http.get(path)
        assert (answer.status_code, answer.json()["code"]) == (503, "database-away")
        assert (await http.get("/api/health")).json()["database"] is False


def test_without_its_secrets_the_console_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(SecretMissing, match="FENGQIAO_TOKEN"):
        create_app(Settings(home=str(tmp_path)))
    with pytest.raises(SecretMissing, match="FENGQIAO_SEAL_KEY"):
        create_app(Settings(home=str(tmp_path), token=TOKEN, seal_key="short"))
