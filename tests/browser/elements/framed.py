"""A task page in a sandboxed frame, and around it the page that is the portal to it (`elements/src/frame/protocol.ts`)."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Frame, Page

from secondlook.wire.sandbox import SANDBOX

PORTAL = """<!DOCTYPE html><title>Portal</title>
<script>
  const received = [], readies = [], claims = [];
  let port;
  addEventListener('message', (event) => {
    if (event.data.type === 'secondlook:ready') readies.push({...event.data, secret: claims.includes(event.data.secret), origin: event.origin});
    if (event.data.type === 'secondlook:claim') claims.push(event.data.secret);
    if (event.data.nonce !== 'n1' || port) return;
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = ({data}) => received.push(data);
    event.source.postMessage({type: 'secondlook:port'}, '*', [channel.port2]);
  });
  const last = (type) => received.filter((message) => message.type === type).at(-1);
</script>
<iframe src="/task" sandbox="%s" style="width:100%%;height:760px;border:0"></iframe>"""


class Portal:
    """The page around the frame: what it received, and what it says."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.flushes = 0
        page.wait_for_function("port !== undefined")
        self.frame: Frame = next(frame for frame in page.frames if frame.url.endswith("/task"))

    def say(self, **message: Any) -> None:
        self.page.evaluate("(message) => port.postMessage(message)", message)

    def wait(self, kind: str) -> dict[str, Any]:
        """The last message of this kind, as soon as it has come."""
        self.page.wait_for_function("(kind) => last(kind) !== undefined", arg=kind)
        return self.last(kind) or {}

    def flush(self) -> dict[str, Any]:
        """The draft as it is now: what the page sent by itself a moment earlier is not taken for it."""
        self.flushes += 1
        self.say(type="flush", id=self.flushes)
        self.page.wait_for_function("(id) => last('draft')?.id === id", arg=self.flushes)
        return self.wait("draft")["draft"]

    def last(self, kind: str) -> dict[str, Any] | None:
        message = self.page.evaluate("(kind) => last(kind) ?? null", kind)
        assert message is None or isinstance(message, dict)
        return message


def framed(page: Page, site: Any, html: str, sandbox: str = SANDBOX) -> Portal:
    """Opens this HTML as a task in the page."""
    site.page(
        "/task",
        f'<meta name="secondlook-render" content="n1"><script src="/crowd-html-elements.js"></script>{html}',
    )
    page.goto(site.page("/portal", PORTAL % sandbox))
    return Portal(page)


FIELD = '<crowd-form id="task"><input name="a" id="a"><input type="checkbox" name="b" id="b"></crowd-form>'
BOXES = """<crowd-form><crowd-bounding-box name="boxes" src="/picture.png" labels="['car', 'person']"
  initial-value="[{label: 'car', left: 10, top: 20, width: 30, height: 40, score: 0.5}]"></crowd-bounding-box></crowd-form>"""
