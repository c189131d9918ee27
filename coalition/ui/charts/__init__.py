"""Charts as Vega-Lite specifications: plain values in, a dictionary out, no Streamlit.

Dictionaries rather than Altair objects: building and checking one layered Altair bar took
56 ms a run here, the same dictionary well under one, and a board draws many at every click.
The tests check each specification against Altair's copy of the Vega-Lite schema instead.
"""
