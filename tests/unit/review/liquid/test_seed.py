"""The template of the seed notebook, as it was published."""

from __future__ import annotations

from secondlook.review.liquid import render

TEMPLATE = """<crowd-bounding-box
  name="annotatedResult"
  src="{{ task.input.taskObject | grant_read_access }}"
  labels="{{ task.input.labels }}"
  initial-value="{{ task.input.initialValue }}"
></crowd-bounding-box>"""


def test_the_seed_template_gets_a_link_and_escaped_json():
    task_input = {
        "initialValue": [{"height": 110, "width": 171, "top": 175, "left": 399, "label": "car"}],
        "taskObject": "s3://bucket/image.jpg",
        "labels": ["car", "person"],
    }
    expected = """<crowd-bounding-box
  name="annotatedResult"
  src="https://here/bucket/image.jpg?a=1&amp;b=2"
  labels="[&quot;car&quot;,&quot;person&quot;]"
  initial-value="[{&quot;height&quot;:110,&quot;width&quot;:171,&quot;top&quot;:175,&quot;left&quot;:399,&quot;label&quot;:&quot;car&quot;}]"
></crowd-bounding-box>"""

    assert expected == render(
        TEMPLATE, task_input, lambda uri: uri.replace("s3:/", "https://here") + "?a=1&b=2"
    )
