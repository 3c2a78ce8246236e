"""The recording in a request, as windows of one channel at 16,000 samples a second: read, mixed and resampled piece by piece."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from secondlook.hosting.runtimes.call import OPEN, Request, RequestError

RATE = 16000
"""Samples a second that the detector hears."""

FORMATS = {
    "audio/wav": "WAV",
    "audio/x-wav": "WAV",
    "audio/wave": "WAV",
    "audio/vnd.wave": "WAV",
    "audio/flac": "FLAC",
    "audio/x-flac": "FLAC",
    "audio/ogg": "OGG",
    "audio/mpeg": "MP3",
    "audio/mp3": "MP3",
}

_RATES = range(4000, 384_001)
_MOST_CHANNELS = 64

Samples = npt.NDArray[np.float32]


class Recording:
    """A recording of at most `longest` seconds. `seconds` is its length, known once all windows were read.

    Refuses other content types (415), bytes that are no recording (400) and what is longer (413).
    """

    def __init__(self, request: Request, longest: float) -> None:
        if request.media_type not in {*FORMATS, *OPEN}:
            raise RequestError(
                415,
                f"Content type {request.content_type!r} is not supported; send audio/wav, audio/flac, audio/ogg or audio/mpeg",
            )
        self._longest = longest
        try:
            self._file = soundfile.SoundFile(io.BytesIO(request.body))
        except (soundfile.SoundFileError, TypeError, ValueError) as error:
            why = (
                getattr(error, "error_string", None) or error
            )  # without the name of a file, which it has not
            raise RequestError(400, f"The body is no recording that can be read: {why}") from error
        if self._file.format.removesuffix("EX") not in FORMATS.values():  # WAVEX is WAV with a longer header
            raise RequestError(
                415, f"The body is {self._file.format_info}; send WAV, FLAC, Ogg Vorbis or Opus, or MP3"
            )
        if self._file.samplerate not in _RATES or self._file.channels > _MOST_CHANNELS:
            raise RequestError(
                400,
                f"The recording has {self._file.samplerate:,} samples a second in {self._file.channels} channels; "
                f"{_RATES[0]:,} to {_RATES[-1]:,} in up to {_MOST_CHANNELS} are read",
            )
        self.seconds = 0.0
        self._require_shorter(self._file.frames / self._file.samplerate)

    def _require_shorter(self, seconds: float) -> None:
        if seconds > self._longest:
            raise RequestError(
                413, f"The recording is longer than {self._longest:g} seconds; send it in parts"
            )

    def windows(self, size: int) -> Iterator[Samples]:
        """Pieces of `size` samples; the last is filled up with silence."""
        rest = np.empty(0, np.float32)
        for piece in self._resampled():
            samples = np.concatenate([rest, piece])
            whole = len(samples) // size * size
            for start in range(0, whole, size):
                yield samples[start : start + size]
            rest = samples[whole:]
        if len(rest):
            yield np.concatenate([rest, np.zeros(size - len(rest), np.float32)])

    def _resampled(self) -> Iterator[Samples]:
        rate = self._file.samplerate
        stream = soxr.ResampleStream(rate, RATE, 1, dtype="float32")
        for piece in self._pieces():
            yield stream.resample_chunk(piece)
        yield stream.resample_chunk(np.empty(0, np.float32), last=True)

    def _pieces(self) -> Iterator[Samples]:
        """A second at a time, mixed to one channel; numbers that are none are silence."""
        rate, read = self._file.samplerate, 0
        while True:
            try:
                piece = self._file.read(rate, dtype="float32", always_2d=True)
            except soundfile.SoundFileError as error:
                raise RequestError(
                    400, f"The recording cannot be read after {read / rate:.1f} seconds: {error}"
                ) from error
            if not len(piece):
                return
            read += len(piece)
            self.seconds = read / rate
            self._require_shorter(self.seconds)  # again: a header may say less than there is
            mixed = np.nan_to_num(piece, nan=0, posinf=0, neginf=0).mean(axis=1)
            yield np.clip(mixed, -1, 1).astype(np.float32)
