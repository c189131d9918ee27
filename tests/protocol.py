"""A visitor without a browser: Streamlit's own messages over its own websocket, one at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

SECONDS = 60  # for one answer


@contextmanager
def visiting(base: str, cookie: str = "", resume: str = "") -> Iterator["Visitor"]:
    """Open a connection as a browser does.

    Args:
        base: ``http://127.0.0.1:PORT``.
        cookie: ``name=secret``, or "" for a stranger.
        resume: Session id of somebody else's connection, for a thief.
    """
    with connect(
        base.replace("http", "ws", 1) + "/_stcore/stream",
        origin=base,
        subprotocols=["streamlit", "none", resume] if resume else ["streamlit"],
        additional_headers={"Cookie": cookie} if cookie else {},
        compression=None,
        proxy=None,
        max_size=None,
    ) as opened:
        yield Visitor(opened)


class Visitor:
    """One open connection."""

    def __init__(self, opened: ClientConnection) -> None:
        self._socket = opened
        self.session_id = ""
        self.raw = b""

    def open(self, page: str = "") -> str:
        """Run a page and return every word that was sent for it."""
        message = BackMsg()
        message.rerun_script.page_name = page
        self.send(message)
        return self.read()

    def send(self, message: BackMsg) -> None:
        """Send one message as it is."""
        self._socket.send(message.SerializeToString())

    def read(self) -> str:
        """Read until the run is over."""
        self.raw = b""
        while True:
            data = self._socket.recv(timeout=SECONDS)
            self.raw += data
            message = ForwardMsg.FromString(data)
            if started := message.new_session.initialize.session_id:
                self.session_id = started
            over = message.WhichOneof("type") == "script_finished"
            if over and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return self.raw.decode("utf-8", "replace")
