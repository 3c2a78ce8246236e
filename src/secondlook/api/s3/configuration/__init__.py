"""What can be said of a bucket beside its objects: a table of settings, their checks, and the operations that follow.

A setting is kept as it was put, if this server does what it says; a Put that promises more is refused by name, so nobody
takes for granted what nobody does. What was never put reads as S3 says it of a bucket without it.
"""
