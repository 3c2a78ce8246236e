"""AWS's wire protocols: service models and HTTP, and nothing about this product.

Requests come in through ``route`` and ``parse``, are checked by ``sigv4`` and ``validate``, and answers go out through
``serialize``. Every function takes and gives plain values; no web framework is known here.
"""
