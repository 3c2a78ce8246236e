"""Textract: text, forms and tables of single pages, read by an endpoint of this server (JSON 1.1)."""
