"""A provider of sign-ins, set up where Streamlit looks for one."""

import pytest
import streamlit as st
from streamlit import config

SECRETS = """
[auth]
redirect_uri = "{redirect}"
cookie_secret = "{secret}"
client_id = "table"
client_secret = "of the provider"
server_metadata_url = "http://localhost:1/.well-known/openid-configuration"
"""
BACK = "http://localhost:8501/oauth2callback"
STRONG = "s" * 32


@pytest.fixture
def provider(tmp_path, served):
    """Return a function that writes Streamlit's secrets with a provider in them."""
    before = config.get_option("secrets.files")
    path = tmp_path / "secrets.toml"

    def set_up(redirect=BACK, secret=STRONG):
        path.write_text(SECRETS.format(redirect=redirect, secret=secret))
        config.set_option("secrets.files", [str(path)])
        st.secrets._reset()

    yield set_up
    config.set_option("secrets.files", before)
    st.secrets._reset()
