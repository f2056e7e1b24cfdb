"""`visitor-register scan`: reads the codes on pictures of badges. Needs no register, screen, Qt or zbar."""

import argparse
import json
from pathlib import Path

from visitor_register.scanning.pictures import read_picture


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Name the pictures, and how to print."""
    parser.add_argument("pictures", nargs="+", type=Path, metavar="PICTURE", help="a PNG, JPEG, BMP or WebP file")
    parser.add_argument("--json", action="store_true", help="print JSON: a list of files, each with its codes")


def run(options: argparse.Namespace) -> int:
    """Print the codes on every picture, or none when one of them cannot be read; returns the exit code.

    Raises:
        FileRefusedError: a file is missing, too large, or no picture.
    """
    readings = [(picture, read_picture(picture)) for picture in options.pictures]
    if options.json:
        files = [
            {"file": str(picture), "codes": [{"text": code.text, "symbology": code.symbology.value} for code in codes]}
            for picture, codes in readings
        ]
        print(json.dumps(files, ensure_ascii=False, indent=2))
        return 0
    for picture, codes in readings:
        for code in codes:
            # A code may hold control characters that a console would obey.
            shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in code.text)
            print(f"{picture}: {shown} ({code.symbology})")
        if not codes:
            print(f"{picture}: no code found")
    return 0
