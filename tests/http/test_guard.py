"""What may pass the guard, what may not, and what it puts on every answer."""

import asyncio
import base64
import hashlib
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path

import pytest
import streamlit
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.http import guard
from coalition.http.guard import BODY, BURST, DROPPED, FRAME, PER_SECOND, STREAM, Bucket
from tests.builders import a_person
from tests.http.conftest import ORIGIN
from tests.pages.conftest import session_of

HOME = {"origin": ORIGIN, "host": "localhost:8501"}


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/auth/enter", "/app/static/mark.svg", "/nowhere", "/media/x"]
)
def test_every_answer_carries_the_security_headers(site, path):
    headers = site.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    framed = path == "/auth/enter"
    ancestors = "'self'" if framed else "'none'"
    assert f"frame-ancestors {ancestors}" in policy
    assert headers["x-frame-options"] == ("SAMEORIGIN" if framed else "DENY")


def test_only_https_promises_to_stay_https(site, monkeypatch):
    assert "strict-transport-security" not in site.get("/").headers
    monkeypatch.setenv("COALITION_PUBLIC_URL", "https://localhost:8501")
    wiring.deployment.cache_clear()
    assert site.get("/").headers["strict-transport-security"] == "max-age=31536000"


def test_the_policy_lets_exactly_the_installed_streamlits_inline_scripts_run(site):
    class Inline(HTMLParser):
        bodies: tuple[str, ...] = ()
        inside = False

        def handle_starttag(self, tag, attrs):
            self.inside = tag == "script" and "src" not in dict(attrs)

        def handle_data(self, data):
            if self.inside:
                self.bodies += (data,)

        def handle_endtag(self, _tag):
            self.inside = False

    page = Inline()
    page.feed((Path(streamlit.__file__).parent / "static" / "index.html").read_text())
    wanted = {
        f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'"
        for body in page.bodies
    }
    policy = site.get("/").headers["content-security-policy"]
    assert wanted
    assert wanted == {part.strip(";") for part in policy.split() if "sha256-" in part}


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/_stcore/upload_file/a/b",
        "/_stcore/script-health-check",
        "/_stcore/bidi-components/x",
        "/component/extra_streamlit_components.CookieManager/index.html",
        "/auth/login",
        "/auth/logout",
        "/oauth2callback",
    ],
)
def test_what_streamlit_tells_about_itself_is_hidden(site, path):
    assert site.get(path).status_code == 404


@pytest.mark.parametrize(
    ("enabled", "public", "peer", "status"),
    [
        (True, ORIGIN, "127.0.0.1", 200),
        (False, ORIGIN, "127.0.0.1", 404),
        (True, ORIGIN, "10.0.0.9", 404),
        (True, "https://localhost:8501", "127.0.0.1", 200),
        (True, "https://table.example", "127.0.0.1", 404),
    ],
)
def test_tools_reach_the_agent_routes_where_enabled_and_on_this_machine_alone(
    site, monkeypatch, enabled, public, peer, status
):
    monkeypatch.setenv("COALITION_PUBLIC_URL", public)
    wiring.deployment.cache_clear()
    monkeypatch.setattr(guard.config, "get_option", {"server.enableAgentApi": enabled}.get)
    tool = TestClient(site.app, base_url=ORIGIN, client=(peer, 50000))
    assert tool.get("/_stcore/agent/openapi.json").status_code == status


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/host-config", "/", "/proposals"])
def test_what_the_browser_needs_is_open(site, path):
    assert site.get(path).text == f"{path} 0"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8501", "localhost.evil.example", "", "["],
)
def test_another_name_does_not_lead_here(site, host):
    assert site.get("/", headers={"host": host}).status_code == 421
    with pytest.raises(WebSocketDisconnect):
        site.websocket_connect(
            STREAM, headers={"origin": f"http://{host}", "host": host}
        ).__enter__()


def test_a_monitor_may_ask_for_health_by_any_name(site):
    assert site.get("/healthz", headers={"host": "10.0.0.7"}).json() == {"db": "ok"}


def test_health_says_when_the_database_is_gone(site, served):
    with served.writing() as conn:
        conn.exec_driver_sql("DROP TABLE alembic_version")
    answer = site.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"db": "database.unmigrated"})


# --- bodies and downloads ---


def test_a_body_over_the_limit_is_refused_by_its_own_word(site):
    assert site.post("/x", content=b"a" * BODY).text == f"/x {BODY}"
    assert site.post("/x", content=b"a" * (BODY + 1)).status_code == 413


@pytest.mark.parametrize("length", ["-1", "many", "1e9"])
def test_a_length_that_is_no_number_is_refused(site, length):
    assert site.post("/x", headers={"content-length": length}).status_code == 413


def test_a_body_that_never_says_its_length_is_cut_off(site):
    endless = (b"a" * 10_000 for _ in range(BODY // 10_000 + 2))
    with pytest.raises(Exception):  # noqa: B017, PT011 (the connection breaks; how is the server's)
        site.post("/x", content=endless)


def test_downloads_are_for_the_signed_in(site, db, clock):
    assert site.get("/media/export.csv").status_code == 403
    site.cookies.set("table_session", "guess")
    assert site.get("/media/export.csv").status_code == 403
    site.cookies.set("table_session", session_of(db, a_person(db, role=Role.OBSERVER), clock()))
    answer = site.get("/media/export.csv")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"


# --- the websocket ---


@pytest.mark.parametrize(
    ("origin", "public", "opens"),
    [
        (ORIGIN, ORIGIN, True),
        ("http://LOCALHOST:8501", ORIGIN, True),
        ("http://evil.example", ORIGIN, False),
        ("http://localhost:9999", ORIGIN, False),
        ("https://localhost:8501", ORIGIN, False),
        ("http://localhost.evil.example:8501", ORIGIN, False),
        ("null", ORIGIN, False),
        ("http://[", ORIGIN, False),
        ("", ORIGIN, False),
        (None, ORIGIN, False),
        ("https://table.example", "https://table.example", True),
        ("http://table.example", "https://table.example", False),
        (ORIGIN, "https://table.example", False),
        ("https://evil.example", "https://table.example", False),
    ],
)
def test_a_connection_is_opened_by_our_own_pages_only(site, monkeypatch, origin, public, opens):
    monkeypatch.setenv("COALITION_PUBLIC_URL", public)
    wiring.deployment.cache_clear()
    host = public.split("//")[1]
    headers = {"host": host} | ({} if origin is None else {"origin": origin})
    if opens:
        with site.websocket_connect(STREAM, headers=headers) as socket:
            assert socket.receive_text()
    else:
        with pytest.raises(WebSocketDisconnect) as refused:
            site.websocket_connect(STREAM, headers=headers).__enter__()
        assert refused.value.code == 1008


def test_there_is_one_websocket_and_no_other(site):
    with pytest.raises(WebSocketDisconnect):
        site.websocket_connect("/elsewhere", headers=HOME).__enter__()


def told(kind) -> bytes:
    message = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[kind]
    if field.message_type is None:
        setattr(message, kind, True)
    else:
        getattr(message, kind).SetInParent()
    return message.SerializeToString()


@pytest.fixture
def socket(site):
    """An open connection, its two greetings read."""
    with site.websocket_connect(STREAM, headers=HOME) as opened:
        opened.receive_text()
        opened.receive_text()
        yield opened


@pytest.mark.parametrize("kind", sorted(DROPPED))
def test_a_message_no_visitor_has_any_business_with_is_dropped(socket, kind):
    socket.send_bytes(told(kind))
    socket.send_bytes(told("rerun_script"))
    assert socket.receive_bytes() == told("rerun_script")


def test_every_kind_of_message_there_is_has_been_judged():
    passed = {
        "rerun_script",
        "stop_script",
        "app_heartbeat",
        "file_urls_request",
        "backend_operation_request",  # asks for more of what its own page shows
    }
    there = {field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    assert there - DROPPED <= passed, "judge what this Streamlit brings new"


def test_a_frame_of_text_ends_the_connection(socket):
    socket.send_text("hello")
    with pytest.raises(WebSocketDisconnect):
        socket.receive_bytes()


def test_a_frame_over_the_limit_ends_the_connection(socket):
    socket.send_bytes(b"\x00" * (FRAME + 1))
    with pytest.raises(WebSocketDisconnect):
        socket.receive_bytes()


def test_garbage_is_left_to_streamlit_which_closes_by_itself(socket):
    socket.send_bytes(b"\xff\xff\xff")
    assert socket.receive_bytes() == b"\xff\xff\xff"


def test_a_visitor_cannot_name_their_own_source(site):
    headers = HOME | {"x-table-source": "mine", "x-forwarded-for": "6.6.6.6"}
    with site.websocket_connect(STREAM, headers=headers) as opened:
        assert opened.receive_text() not in {"mine", ""}
        assert opened.receive_text() == ""


# --- pace ---


def test_a_burst_is_free_and_a_flood_waits():
    bucket = Bucket(100.0)
    assert [bucket.take(100.0) for _ in range(BURST)] == [0.0] * BURST
    assert bucket.take(100.0) == pytest.approx(1 / PER_SECOND)
    assert bucket.take(100.0) == pytest.approx(2 / PER_SECOND)


def test_the_allowance_comes_back_but_never_beyond_one_burst():
    bucket = Bucket(0.0)
    assert [bucket.take(10_000.0) for _ in range(BURST)] == [0.0] * BURST
    assert bucket.take(10_000.0) > 0


def test_messages_beyond_the_burst_are_held_back_not_lost():
    waits, passed = [], []

    async def pause(seconds):
        waits.append(seconds)

    async def streamlit_stand_in(_scope, receive, _send):
        passed.extend([await receive() for _ in range(BURST + 3)])

    async def receive():
        return {"type": "websocket.receive", "bytes": told("rerun_script")}

    async def send(_message):
        raise AssertionError

    scope = {
        "type": "websocket",
        "path": STREAM,
        "headers": [(b"host", b"localhost:8501"), (b"origin", ORIGIN.encode())],
        "client": ("127.0.0.1", 5000),
    }
    guarded = guard.Guard(streamlit_stand_in, pause)(scope, receive, send)
    with ThreadPoolExecutor(1) as apart:  # a browser in this worker keeps a loop in this thread
        apart.submit(asyncio.run, guarded).result()
    assert len(passed) == BURST + 3
    assert 1 <= len(waits) <= 3


# --- sources ---


def source(peer, forwarded="", trusted=()):
    settings = wiring.deployment()
    known = type(settings)(
        database_url="", public_url=ORIGIN, key_file=settings.key_file, trusted_proxy=tuple(trusted)
    )
    scope = {
        "type": "http",
        "client": (peer, 1),
        "headers": [(b"x-forwarded-for", forwarded.encode())] if forwarded else [],
    }
    return guard.source_of(scope, known)


@pytest.mark.usefixtures("served")
def test_a_forwarded_address_is_believed_from_a_named_proxy_alone():
    assert source("9.9.9.9", "6.6.6.6") == source("8.8.8.8", "7.7.7.7")
    assert source("9.9.9.9", "6.6.6.6") != source("6.6.6.6")
    assert source("9.9.9.9", "6.6.6.6", trusted=["10.0.0.0/8"]) == source("9.9.9.9")
    assert source("10.0.0.1", "6.6.6.6", trusted=["10.0.0.0/8"]) == source("6.6.6.6")
    spoofed = source("10.0.0.1", "1.1.1.1, 6.6.6.6, 10.0.0.2", trusted=["10.0.0.0/8"])
    assert spoofed == source("6.6.6.6")
    assert source("10.0.0.1", "nonsense", trusted=["10.0.0.0/8"]) == source("10.0.0.1")


@pytest.mark.usefixtures("served")
def test_a_source_never_shows_the_address_and_takes_an_ipv6_block_as_one():
    assert "9.9.9.9" not in source("9.9.9.9")
    assert source("2001:db8::1") == source("2001:db8::ffff")
    assert source("2001:db8::1") != source("2001:db8:1::1")
