from __future__ import annotations

import subprocess
import sys


def test_the_server_never_imports_a_model_library() -> None:
    code = (
        "import sys, secondlook.app.serve, secondlook.hosting.endpoints.fleet\n"
        "print([name for name in ('numpy', 'onnxruntime', 'PIL', 'rapidocr', 'cv2') if name in sys.modules])"
    )

    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )
