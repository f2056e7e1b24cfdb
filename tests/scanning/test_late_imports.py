"""The desk starts without the picture libraries; they come when a camera or a picture does."""

import subprocess
import sys


def test_nothing_that_is_imported_at_start_loads_a_picture_library() -> None:
    program = (
        "import sys\n"
        "import visitor_register.scanning.camera, visitor_register.scanning.decoder, visitor_register.scanning.gate\n"
        "import visitor_register.scanning.pictures, visitor_register.scanning.wedge, visitor_register.domain.codes\n"
        "import visitor_register.gui.camera_thread, visitor_register.gui.wedge_filter\n"
        "print([name for name in ('cv2', 'numpy', 'zxingcpp', 'pyzbar') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
