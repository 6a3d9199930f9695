"""The console's application, put together from settings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI

from casework.case import Pace
from console import api, editions_api, guard, keys, pages, problems
from console.access import Access
from console.desk import Desk
from console.engine import Engine
from console.offers import Offers
from definitions.library import SHIPPED, Library
from records.database import connect
from settings import Settings


def create_app(settings: Settings, drill: Pace | None = None) -> FastAPI:
    """The console; ``drill``: the pace of cases filed here. Raises SecretMissing, DefinitionErrors."""
    folder = Path(settings.definitions) if settings.definitions else SHIPPED
    library, records = Library.load(folder, settings.county), connect(settings.records_url())
    desk = Desk(
        library=library,
        records=records,
        engine=Engine(settings.task_queue, float(settings.spread)),
        access=Access(keys.token(settings)),
        seal=keys.seal(settings),
        drill=drill,
        offers=Offers(library, records),
        definitions=folder,
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        desk.records.dispose()

    app = FastAPI(
        title="枫桥 Fengqiao",
        version=version("fengqiao"),
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.desk = desk
    app.include_router(api.router)
    app.include_router(editions_api.router)
    pages.install(app)
    problems.install(app, pages.as_page)
    guard.install(app, settings.url)
    return app
