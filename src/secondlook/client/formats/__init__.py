"""Formats of the field that predictions and answers are exported to: pure writers, which know no server.

`items` says what is exported, `answers` reads what elements answer, `writers` lists the formats.
"""
