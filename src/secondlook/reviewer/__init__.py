"""A reviewer that is a script: it meets what a person would, the portal's pages over HTTP.

`Portal` is the worker's session, `answer` does one task, `acceptance` reads what a page would answer untouched. A client of the server,
like a browser: it is handed a botocore client of our own service, and knows no door. `secondlook work`, the demo and
`secondlook.testing` share it.
"""

from secondlook.reviewer.answering import accepted, answer
from secondlook.reviewer.errors import CannotAccept, PortalError, ReviewerError
from secondlook.reviewer.portal import Portal, Task

__all__ = ["CannotAccept", "Portal", "PortalError", "ReviewerError", "Task", "accepted", "answer"]
