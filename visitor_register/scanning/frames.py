"""The one shape in which pictures travel. Loads numpy: import it late, or for type checking only."""

from typing import Any, TypeAlias

from numpy.typing import NDArray

# uint8 in truth, but OpenCV's own hints promise no more than some number.
Frame: TypeAlias = NDArray[Any]
"""A picture, (height, width) grey or (height, width, 3) in blue, green, red order; uint8."""
