"""What a document of somebody else's, a task page or an object, may do in a browser: everything but be of our origin.

Browsers open what it opens by the rules of that window's own response. So a link leads to a page that works, and whatever
leads back to this server is sandboxed by its own header, or is a page of ours, which answers to nobody else.
"""

SANDBOX = "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads"
"""Never `allow-same-origin`, which would undo all of it."""

POLICY = f"sandbox {SANDBOX}"
"""For the header Content-Security-Policy: it holds in a tab of its own as in our frame."""
