"""The worker's portal. A page is a module here, with its context, its notices, its handlers and its routes."""

from secondlook.pages.portal import (
    frame,
    job_list,
    preferences,
    session,
    signing_in,
    submitted,
    task,
    welcome,
)

PAGES = (signing_in, welcome, session, job_list, task, submitted, preferences, frame)
