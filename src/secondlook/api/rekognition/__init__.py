"""Rekognition: moderation labels of pictures, by an endpoint of this server (JSON 1.1)."""
