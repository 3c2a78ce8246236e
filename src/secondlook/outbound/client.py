"""The client: one request at a time, blocking, on urllib3, to an address that was judged."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse

from secondlook.outbound.address import Address, Gate, parse
from secondlook.outbound.errors import NotAllowed, OutboundError, Unreachable
from secondlook.outbound.limits import Deadline, Limits
from secondlook.outbound.target import target
from secondlook.outbound.way import Way

Resolve = Callable[[str, int], list[str]]

REDIRECTS = 5
CHUNK = 65536
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole. Header names are matched in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Stream:
    """What is coming back: `chunks` raises Unreachable at a limit or when the connection breaks."""

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host name, in the system's order of preference."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Outbound:
    """A client for other people's addresses. Safe to use from several threads; holds no connection open.

    `allow` and `own_ports` are those of `Gate`. `ca_file` is a PEM file of further certificate authorities.
    """

    def __init__(
        self,
        allow: Iterable[str] = (),
        own_ports: Collection[int] = (),
        *,
        resolve: Resolve = resolve,
        ca_file: str | None = None,
    ) -> None:
        self._gate = Gate(allow, own_ports)
        self._resolve = resolve
        self._ca_file = ca_file

    def check(self, url: str) -> None:
        """Raise NotAllowed if a request to `url` would be, as far as that shows without asking for the host's address."""
        goal = target(url)
        if goal.address is not None:
            self._gate.judge(url, goal.address, goal.port)

    def obstacle(self, url: str) -> str | None:
        """Why no request to `url` would arrive as names are just now; None if one may. Asks for the host's address, so it may wait.

        Raises NotAllowed as `check` does.
        """
        self.check(url)
        try:
            self.way(url)
        except OutboundError as error:
            return str(error)
        return None

    def way(self, url: str) -> Way:
        """Where a client of one's own may connect for `url`, as names are just now. Raises NotAllowed or Unreachable."""
        goal = target(url)
        addresses = self._addresses(url, goal.host, goal.port)
        errors = [self._error(url, address, goal.port) for address in addresses]
        allowed = [str(address) for address, error in zip(addresses, errors, strict=True) if error is None]
        if not allowed:
            raise next(filter(None, errors), _no_address(url, goal.host))
        tls = self._tls if goal.parts.scheme == "https" else None
        return Way(tuple(allowed), goal.port, goal.host, goal.parts.path.rstrip("/"), tls)

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        limits: Limits | None = None,
    ) -> Answer:
        """Make a request and read the whole answer. Raises NotAllowed or Unreachable."""
        with self.stream(method, url, headers=headers, body=body, limits=limits) as stream:
            return Answer(stream.status, stream.headers, b"".join(stream.chunks))

    @contextmanager
    def stream(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        limits: Limits | None = None,
    ) -> Iterator[Stream]:
        """Make a request and hand out its answer as it arrives. Raises NotAllowed or Unreachable.

        GET and HEAD follow redirects on the same host; any other method is answered with the redirect itself.
        """
        with Deadline(url, limits or Limits()) as deadline:
            response = self._send(method, url, headers or {}, body, deadline)
            for _ in range(REDIRECTS):
                moved = response.headers.get("Location")
                if method not in {"GET", "HEAD"} or response.status not in _MOVED or not moved:
                    break
                response.close()
                url = _same_host(url, urljoin(url, moved))
                response = self._send(method, url, headers or {}, body, deadline)
            try:
                yield Stream(response.status, response.headers, _chunks(response, url, deadline))
            finally:
                response.close()

    def _send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, deadline: Deadline
    ) -> BaseHTTPResponse:
        goal = target(url)
        parts, host, port = goal.parts, goal.host, goal.port
        reach: dict[str, Any] = {"reach": lambda: self._connect(url, host, port, deadline)}
        pool: urllib3.HTTPConnectionPool
        if parts.scheme == "https":
            pool = urllib3.HTTPSConnectionPool(host, port, ca_certs=self._ca_file, **reach)
            pool.ConnectionCls = _HTTPS
        else:
            pool = urllib3.HTTPConnectionPool(host, port, **reach)
            pool.ConnectionCls = _HTTP
        try:
            return pool.urlopen(
                method,
                (parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
                body=body,
                # A limit on size means little on a compressed body, so none is asked for and none is unpacked.
                headers={"User-Agent": "secondlook", **headers, "Accept-Encoding": "identity"},
                retries=False,
                redirect=False,
                preload_content=False,
                decode_content=False,
                timeout=urllib3.Timeout(connect=deadline.limits.connect, read=deadline.left()),
            )
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise deadline.explain(error) from error

    def _connect(self, url: str, host: str, port: int, deadline: Deadline) -> socket.socket:
        """A connection to the first address that may be reached and can be."""
        failure: Exception = _no_address(url, host)
        for address in self._addresses(url, host, port):
            try:
                self._gate.judge(url, address, port)
                return _open(address, port, deadline)
            except NotAllowed as error:
                failure = error
            except OSError as error:
                failure = Unreachable(f"{url}: no connection to {host} port {port} ({error})")
        raise failure

    def _error(self, url: str, address: Address, port: int) -> OutboundError | None:
        try:
            self._gate.judge(url, address, port)
        except NotAllowed as error:
            return error
        return None

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._ca_file is not None:
            context.load_verify_locations(self._ca_file)
        return context

    def _addresses(self, url: str, host: str, port: int) -> list[Address]:
        try:
            return [parse(text) for text in self._resolve(host, port)]
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"{url}: the name {host!r} could not be resolved ({error})") from error


def _no_address(url: str, host: str) -> Unreachable:
    return Unreachable(f"{url}: the name {host!r} has no address")


def _open(address: Address, port: int, deadline: Deadline) -> socket.socket:
    connection = socket.create_connection(
        (str(address), port), timeout=min(deadline.limits.connect, deadline.left())
    )
    connection.settimeout(deadline.left())
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    deadline.watch(connection)
    return connection


class _Reaching:
    """Replaces the one step of urllib3's connections that would resolve the name by itself."""

    def __init__(self, *args: Any, reach: Callable[[], socket.socket], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reach = reach

    def _new_conn(self) -> socket.socket:
        return self._reach()


class _HTTP(_Reaching, HTTPConnection):
    pass


class _HTTPS(_Reaching, HTTPSConnection):
    pass


def _same_host(url: str, moved: str) -> str:
    """`moved`, unless it lies on another host or steps down from https."""
    here, there = target(url).parts, target(moved).parts
    if there.hostname != here.hostname or (here.scheme == "https" and there.scheme != "https"):
        raise NotAllowed(
            f"{url} redirects to {there.scheme}://{there.netloc}, and redirects to elsewhere are not followed"
        )
    return moved


def _chunks(response: BaseHTTPResponse, url: str, deadline: Deadline) -> Iterator[bytes]:
    received = 0
    try:
        for chunk in response.stream(CHUNK, decode_content=False):
            received += len(chunk)
            if received > deadline.limits.size:
                raise Unreachable(f"{url} sent more than the {deadline.limits.size:,} bytes allowed")
            yield chunk
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise deadline.explain(error) from error
    if deadline.passed:
        raise deadline.explain(TimeoutError())
