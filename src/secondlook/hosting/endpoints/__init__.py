"""Endpoints and their configs, and the fleet that brings their instances in line with the rows."""
