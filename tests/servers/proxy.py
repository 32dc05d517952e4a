"""A proxy before a real server that misbehaves on demand.

with proxy("http://localhost:8002") as line:
    line.base_url                              # http://127.0.0.1:PORT
    line.drop_answers("POST", "/api/v1/statuses", times=1)   # it commits upstream, then the line goes dead
    line.reply("POST", "/api/v1/statuses", status=429, headers={"Retry-After": "30"}, times=2)
    line.requests                              # [("POST", "/api/v1/statuses"), …] as they came
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

NOT_PASSED_ON = {"host", "connection", "accept-encoding", "content-length", "transfer-encoding"}
NOT_PASSED_BACK = {"connection", "content-encoding", "content-length", "transfer-encoding", "keep-alive"}


@dataclass
class Fault:
    """One misbehaviour: which requests, how often, and what happens instead."""

    method: str
    path: str
    times: int
    drop: bool = False
    wait: threading.Event | None = None
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Proxy:
    """A running proxy; faults may be added while it runs."""

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream.rstrip("/")
        self.port = 0
        self.requests: list[tuple[str, str]] = []
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    @property
    def base_url(self) -> str:
        """The address to give to the product instead of the real one."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def host(self) -> str:
        """`host:port`, as HTTP_ALLOW_PRIVATE wants it."""
        return f"127.0.0.1:{self.port}"

    def drop_answers(self, method: str, path: str, *, times: int = 1) -> None:
        """Passes the next `times` matching requests on, then closes the line without an answer."""
        self._add(Fault(method, path, times, drop=True))

    def hold_answers(self, method: str, path: str, *, times: int = 1) -> threading.Event:
        """Passes matching requests on and keeps the answers back until the returned event is set."""
        event = threading.Event()
        self._add(Fault(method, path, times, wait=event))
        return event

    def reply(
        self, method: str, path: str, *, status: int, headers: Mapping[str, str] | None = None,
        body: bytes = b"{}", times: int = 1,
    ) -> None:  # fmt: skip
        """Answers the next `times` matching requests itself; they never reach the real server."""
        self._add(Fault(method, path, times, status=status, headers=dict(headers or {}), body=body))

    def count(self, method: str, path: str) -> int:
        """How many requests with this method and beginning of the path came."""
        return sum(1 for how, where in list(self.requests) if how == method and where.startswith(path))

    def clear(self) -> None:
        """Behaves again."""
        with self._lock:
            self._faults.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """Notes a request; the fault that it meets is used up by one."""
        with self._lock:
            self.requests.append((method, path))
            for fault in self._faults:
                if fault.times > 0 and fault.method == method and path.startswith(fault.path):
                    fault.times -= 1
                    return fault
        return None

    def _add(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)


@contextmanager
def proxy(upstream: str) -> Iterator[Proxy]:
    """Starts a proxy before `upstream` (scheme, host and port)."""
    line = Proxy(upstream)
    server = _Quiet(("127.0.0.1", 0), _handler(line))
    line.port = server.server_port
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield line
    finally:
        with line._lock:
            held = [fault.wait for fault in line._faults if fault.wait]
        for event in held:
            event.set()
        server.shutdown()
        server.server_close()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is no news in a test about lines going dead."""


def _handler(line: Proxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *words: object) -> None:
            """Says nothing."""

        def pass_on(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(size) if size else None
            fault = line.take(self.command, self.path)
            if fault and fault.status:
                return self.give(fault.status, fault.headers, fault.body)
            headers = {key: value for key, value in self.headers.items() if key.lower() not in NOT_PASSED_ON}
            answer = httpx.request(
                self.command, line.upstream + self.path, headers=headers | {"connection": "close"},
                content=body, timeout=60,
            )  # fmt: skip
            if fault and fault.wait:
                fault.wait.wait(120)
            if fault and fault.drop:
                self.close_connection = True
                return None
            return self.give(answer.status_code, answer.headers, answer.content)

        def give(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
            self.send_response(status)
            for key, value in headers.items():
                if key.lower() not in NOT_PASSED_BACK:
                    self.send_header(key, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = pass_on

    return Handler
