"""Somebody else's web site. A real one: Chromium lets a page that came from nowhere reach nothing on loopback."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def site(page_at: Callable[[str], str]) -> Iterator[str]:
    """The address of a site with the HTML that `page_at` gives for a path, and scripts, which every page may load, for `NAME.js`."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = page_at(self.path).encode()
            self.send_response(200)
            is_script = self.path.endswith(".js")
            self.send_header("Content-Type", "text/javascript" if is_script else "text/html; charset=utf-8")
            if is_script:
                self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
