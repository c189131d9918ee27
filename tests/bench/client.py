"""One visitor without a browser: Streamlit's own messages over its own websocket."""

import asyncio
import time
from urllib.parse import urlencode

import websockets
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE = 120  # seconds for one run
AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class Failed(Exception):
    """The page told an exception, or the server hung up."""


class Visitor:
    """A signed-in session that opens pages and runs them again.

    Args:
        base: ``http://127.0.0.1:PORT``.
        cookie: ``name=secret`` of a live session.
    """

    def __init__(self, base: str, cookie: str) -> None:
        self._base = base
        self._cookie = cookie
        self._pages: dict[str, str] = {}
        self._here = ("", "")
        self._query = ""
        self._part = ""  # the part of the page that can run alone
        self.received = 0  # bytes

    async def arrive(self) -> None:
        """Open the websocket and run the first page."""
        self._socket = await websockets.connect(
            self._base.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit"],
            origin=self._base,
            additional_headers={"Cookie": self._cookie},
            max_size=None,
            compression=None,
            ping_interval=None,
            proxy=None,
            open_timeout=PATIENCE,
        )
        await self.run()

    async def open(self, page: str, **query: int | str) -> float:
        """Go to a page by its address; return the seconds until it was drawn."""
        self._here = (self._pages[page], page)
        self._query = urlencode(query)
        return await self.run()

    async def choose(self, **query: int | str) -> float:
        """Run the one part of the present page that can run alone, under another query."""
        self._query = urlencode(query)
        return await self.run(alone=True)

    async def run(self, *, alone: bool = False) -> float:
        """Run the present page again; return the seconds until it was drawn.

        Args:
            alone: Only the part of it that can run alone, as a filter in it does.

        Raises:
            Failed: it told an exception.
        """
        message = BackMsg()
        message.rerun_script.page_script_hash, message.rerun_script.page_name = self._here
        message.rerun_script.query_string = self._query
        if alone:
            message.rerun_script.fragment_id = self._part
        started = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            await self._finished()
        return time.perf_counter() - started

    async def leave(self) -> None:
        """Hang up."""
        await self._socket.close()

    def _judge(self, drawn: Element) -> None:
        """Stop at an exception, and at an error told in words: no page measured has one to tell."""
        if drawn.WhichOneof("type") == "exception":
            raise Failed(drawn.exception.message)
        if drawn.WhichOneof("type") == "alert" and drawn.alert.format == Alert.ERROR:
            raise Failed(drawn.alert.body)

    async def _finished(self) -> None:
        while True:
            raw = await self._socket.recv()
            self.received += len(raw)
            message = ForwardMsg()
            message.ParseFromString(raw)
            kind = message.WhichOneof("type")
            if kind == "navigation":
                pages = message.navigation.app_pages
                self._pages |= {page.url_pathname: page.page_script_hash for page in pages}
            if kind == "delta" and message.delta.fragment_id:
                self._part = message.delta.fragment_id
            if kind == "delta":
                self._judge(message.delta.new_element)
            if kind == "script_finished" and message.script_finished != AGAIN:
                return
