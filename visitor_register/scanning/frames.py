"""The one shape in which pictures travel. Loads numpy: import it late, or for type checking only."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Frame: TypeAlias = NDArray[np.uint8]
"""A picture, (height, width) grey or (height, width, 3) in blue, green, red order; uint8."""
