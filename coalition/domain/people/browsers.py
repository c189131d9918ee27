"""What is worth knowing of a browser: enough to tell one's own sessions apart."""

KEPT = 120  # characters kept of what a browser calls itself
READ = 1_000  # characters looked at
_BROWSERS = (  # each calls itself by the names of those after it, too
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def label(agent: str) -> str:
    """Return what is kept of a browser's own description: its name and its system, no more.

    ``Firefox · Windows``; a browser of another kind keeps one clean, short line.
    """
    plain = "".join(c for c in agent if c.isprintable())[:READ]
    named = next((name for sign, name in _BROWSERS if sign in plain), "")
    system = next((name for sign, name in _SYSTEMS if sign in plain), "")
    return f"{named} · {system}" if named and system else plain[:KEPT].strip()
