"""The launcher: ``streamlit run app.py`` or ``uvicorn app:app`` serve the same table."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from coalition.http import guard, public
from coalition.settings import ROOT
from coalition.ui import feedback, warming

SCRIPT = ROOT / "coalition" / "ui" / "script.py"


@asynccontextmanager
async def lifespan(served: object) -> AsyncIterator[None]:
    """Serve from the moment that it is safe and every screen is loaded."""
    async with public.lifespan(served):
        warming.warm()
        yield


app = st.App(
    SCRIPT,
    routes=public.routes(),
    middleware=guard.middleware(),
    lifespan=lifespan,
    on_script_error=feedback.incident,
)
