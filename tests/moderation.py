"""A classifier for moderation, if not a clever one: how red a picture is, and how green. What its labels mean, and pictures for it."""

from __future__ import annotations

from PIL import Image

from tests.scans import saved

CLASSIFIER = """
    import io, json
    from PIL import Image

    def transform_fn(model, body, content_type, accept):
        picture = Image.open(io.BytesIO(body)).convert("RGB").resize((1, 1))
        red, green, blue = (tone / 255 for tone in picture.getpixel((0, 0)))
        if blue == 1 and red == 0:
            return json.dumps({"said": "nothing of use"}), "application/json"
        if blue == 1 and red == 1 and green == 0:
            return "[" * 5000 + "]" * 5000, "application/json"
        scores = {"gore": red, "gun": green, "neutral": blue}
        return json.dumps([{"label": label, "score": score} for label, score in scores.items()]), "application/json"
"""

LABELS = {
    "ModerationModelVersion": "1.2",
    "Labels": {
        "gore": {"Name": "Graphic Violence", "ParentName": "Violence"},
        "gun": {"Name": "Weapons", "ParentName": "Violence"},
        "threat": {"Name": "Violence"},
    },
}


def picture(red: float, green: float, blue: float, kind: str = "PNG") -> bytes:
    tones = tuple(round(255 * tone) for tone in (red, green, blue))
    return saved(Image.new("RGB", (40, 30), tones), kind)
