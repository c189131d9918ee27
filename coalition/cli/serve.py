"""``serve``: prepare the database, print the address, and serve until stopped."""

import argparse
import os
import socket
import sys
from typing import Any
from urllib.parse import urlsplit

from coalition import settings, wiring
from coalition.cli import demo
from coalition.services.table import readiness

REFUSED = 2
HERE = "127.0.0.1"  # a proxy with TLS stands in front; never the open network
PORT = 8501
LARGEST_MESSAGE = 4_000_000  # bytes from one browser in one go
FAREWELL = 5  # seconds open pages are given when the server is stopped


def add_parser(subparsers: Any) -> None:  # noqa: ANN401 (argparse keeps its type to itself)
    """Offer the command."""
    parser = subparsers.add_parser(
        "serve", help="prepare the database, load the demonstration if there is no table, and serve"
    )
    parser.add_argument("--port", type=int, metavar="N", help=f"on this machine; else {PORT}")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve, unless a dangerous gate fails; whatever fails is told with what to do."""
    os.chdir(settings.ROOT)  # where Streamlit finds .streamlit/config.toml
    port = choose_port(args.port)
    if not is_free(port):
        print(f"Port {port} is taken. Stop what runs there, or: serve --port N", file=sys.stderr)
        return REFUSED
    _prepare()
    failed = [gate for gate in wiring.gates() if not gate.ok]
    for gate in failed:
        print(f"{'DANGER' if gate.dangerous else 'Advice'} ({gate.name}): {gate.advice}")
    if any(gate.dangerous for gate in failed):
        print("Not served. Mend what is dangerous and try again.", file=sys.stderr)
        return REFUSED
    print(f"Working Table is at {wiring.deployment().public_url} (Ctrl+C stops it)", flush=True)
    _serve(port)
    return 0


def choose_port(asked: int | None) -> int:
    """Return the port to serve at; the public address follows it where nobody has set one."""
    if "COALITION_PUBLIC_URL" not in os.environ:
        chosen = asked or PORT
        os.environ["COALITION_PUBLIC_URL"] = f"http://localhost:{chosen}"
        return chosen
    given = urlsplit(os.environ["COALITION_PUBLIC_URL"])
    direct = given.port if given.scheme == "http" else None
    return asked or direct or PORT


def is_free(port: int) -> bool:
    """Say whether nobody serves at this port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HERE, port))
        except (OSError, OverflowError):
            return False
    return True


def _prepare() -> None:
    db = wiring.database()
    readiness.prepare(db)
    demo.ensure()
    found = readiness.find_table(db)
    if found is not None and found.is_demonstration:
        demo.tell()


def _serve(port: int) -> None:
    import uvicorn  # noqa: PLC0415 (the other commands need no server)

    uvicorn.run(
        "app:app",
        app_dir=str(settings.ROOT),
        host=HERE,
        port=port,
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE,
        proxy_headers=False,  # the guard alone decides whose word on the source is believed
        server_header=False,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=FAREWELL,
    )
