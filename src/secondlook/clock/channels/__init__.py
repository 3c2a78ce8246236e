"""Channels: the ways by which events leave, a module for each, named as the kind of its event targets.

A channel knows its own settings and the world outside, and neither another channel nor the database: what it is to
send is handed to it, and what became of it is written down by `clock.delivery`.
"""
