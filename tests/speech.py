"""Speech for tests, spoken by espeak-ng: no recording has to lie in the tree."""

from __future__ import annotations

import ctypes
import io
from functools import cache

import espeakng_loader
import numpy as np
import numpy.typing as npt
import soundfile

_RETRIEVAL = (
    2  # AUDIO_OUTPUT_SYNCHRONOUS of espeak-ng's speak_lib.h: samples go to the callback, not to a loudspeaker
)
_UTF8 = 1
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)

Samples = npt.NDArray[np.float32]


@cache
def spoken(text: str) -> tuple[Samples, int]:
    """Samples of one channel, -1 to 1, and how many of them make a second."""
    library = espeakng_loader.load_library()
    assert library is not None
    heard = bytearray()

    @_CALLBACK
    def hear(samples: ctypes._Pointer[ctypes.c_short], count: int, _: object) -> int:
        if count > 0 and samples:
            heard.extend(ctypes.string_at(samples, 2 * count))
        return 0

    rate = library.espeak_Initialize(_RETRIEVAL, 0, espeakng_loader.get_data_path().encode(), 0)
    library.espeak_SetSynthCallback(hear)
    library.espeak_SetVoiceByName(b"en")
    written = text.encode()
    library.espeak_Synth(written, len(written) + 1, 0, 0, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    library.espeak_Terminate()
    samples: Samples = (np.frombuffer(bytes(heard), np.int16) / 32768).astype(np.float32)
    return samples, rate


def file(samples: Samples, rate: int, format_: str = "WAV", **more: str) -> bytes:
    """A recording as a file."""
    written = io.BytesIO()
    soundfile.write(written, samples, rate, format=format_, **more)
    return written.getvalue()
