"""What every test shares: no screen is needed, and no test leaves anything behind."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
