"""The launcher: ``streamlit run app.py`` or ``uvicorn app:app`` serve the same table."""

import streamlit as st

from coalition.http import guard, public
from coalition.settings import ROOT
from coalition.ui import feedback

SCRIPT = ROOT / "coalition" / "ui" / "script.py"

app = st.App(
    SCRIPT,
    routes=public.routes(),
    middleware=guard.middleware(),
    lifespan=public.lifespan,
    on_script_error=feedback.incident,
)
