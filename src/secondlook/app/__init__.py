"""The composition root: the only package that knows every other, and hands each what it needs.

`serve.serve` runs a server until SIGINT or SIGTERM, `serve.running` one that its caller listens for; what `offline`, `backup`, `restore` and
`resealing` do needs no server and imports none, which halves what a command for it costs.
"""
