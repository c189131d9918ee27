"""The Streamlit window: who is here, how refusals are told, frames, charts."""
