"""Tools by which agents ask people: a server of the Model Context Protocol (MCP), which is a client of ours.

`secondlook mcp` runs it. It knows no package of the server, and calls what any AWS program calls, with a key that opens neither
people nor keys nor settings. Needs the extra `mcp`.
"""
