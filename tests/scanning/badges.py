"""Draws badges before a camera: small, quick, and the same every time."""

import math

import cv2
import numpy as np
import qrcode
import zxingcpp

from visitor_register.scanning.frames import Frame

WIDTH, HEIGHT = 1280, 720


def qr(text: str, *, module: int = 6) -> Frame:
    """A QR code with its quiet zone: (side, side) grey."""
    code = qrcode.QRCode(border=4, box_size=1)
    code.add_data(text)
    code.make(fit=True)
    dark = np.array(code.get_matrix(), bool)
    return _enlarged(np.where(dark, 0, 255).astype(np.uint8), module, module)


def bars(text: str, *, kind: zxingcpp.BarcodeFormat = zxingcpp.BarcodeFormat.Code128, narrow: int = 3) -> Frame:
    """A linear code with its quiet zone: (height, width) grey."""
    drawn = np.array(zxingcpp.create_barcode(text, kind).to_image(scale=1, add_quiet_zones=False))
    row = np.pad(drawn[drawn.shape[0] // 2], 12, constant_values=255)
    return _enlarged(row[None, :], narrow, 90)


def before_camera(code: Frame, *, turned: float = 0.0, tilted: float = 0.0) -> Frame:
    """A code on a white card before a grey wall, turned and tilted by degrees: (720, 1280, 3) uint8."""
    card = cv2.copyMakeBorder(code, 60, 60, 20, 20, cv2.BORDER_CONSTANT, value=245)
    height, width = card.shape
    angle = math.radians(turned)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    centred = corners - corners.mean(axis=0)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    placed = centred @ turn.T
    depth = 1 + placed[:, :1] * math.tan(math.radians(tilted)) / 1500
    target = (placed / depth + [WIDTH / 2, HEIGHT / 2]).astype(np.float32)
    wall = np.tile(np.linspace(90, 150, WIDTH, dtype=np.float32).astype(np.uint8), (HEIGHT, 1))
    to_camera = cv2.getPerspectiveTransform(corners, target)
    frame = cv2.warpPerspective(card, to_camera, (WIDTH, HEIGHT), wall, borderMode=cv2.BORDER_TRANSPARENT)
    return cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR)


def blurred(frame: Frame, sigma: float) -> Frame:
    """The frame out of focus."""
    return cv2.GaussianBlur(frame, (0, 0), sigma)


def dim(frame: Frame, *, light: float = 0.2, noise: float = 6.0, seed: int = 1) -> Frame:
    """The frame in poor light, as a camera amplifies it."""
    grain = np.random.default_rng(seed).normal(0, noise, frame.shape)
    return np.clip(frame * light + grain, 0, 255).astype(np.uint8)


def _enlarged(small: Frame, across: int, down: int) -> Frame:
    return np.repeat(np.repeat(small, down, axis=0), across, axis=1)
