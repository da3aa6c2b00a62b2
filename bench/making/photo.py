"""A phone photograph of a sheet that lies on a desk: perspective, desk, uneven light, sensor noise."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

_DESKS = ((120, 82, 52), (78, 66, 60), (150, 120, 88), (60, 70, 84), (96, 96, 92), (165, 140, 112))


def photograph(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """``image`` photographed: 8 to 12 megapixels, upright in the frame, tilted and seen slightly aslant."""
    long_side, short_side = (4000, 3000) if rng.random() < 0.6 else (3264, 2448)
    width, height = (short_side, long_side) if image.height >= image.width else (long_side, short_side)
    fill = float(rng.uniform(0.84, 0.92))
    scale = min(width * fill / image.width, height * fill / image.height)
    w, h = image.width * scale / 2, image.height * scale / 2
    angle = np.radians(float(rng.uniform(-2.5, 2.5)))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = np.array([[-w, -h], [w, -h], [w, h], [-w, h]]) @ turn.T
    corners *= 1 + rng.uniform(-0.03, 0.025, (4, 1))
    corners += np.array([width / 2, height / 2]) + rng.uniform(-0.01, 0.01, 2) * (width, height)
    corners = np.clip(corners, 6, (width - 7, height - 7))
    source = np.array([[0, 0], [image.width, 0], [image.width, image.height], [0, image.height]], np.float32)
    bend = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    flags = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    sheet = cv2.warpPerspective(np.asarray(image), bend, (width, height), flags=flags | cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.full((image.height, image.width), 255, np.uint8), bend, (width, height))
    cover = (mask.astype(np.float32) / 255)[..., None]
    cast = cv2.GaussianBlur(np.roll(mask, (14, 18), (0, 1)), (0, 0), 16).astype(np.float32)[..., None] / 255
    scene = (
        _desk(width, height, rng) * (1 - 0.45 * cast) * (1 - cover) + sheet.astype(np.float32) * 0.96 * cover
    )
    scene *= _light(width, height, rng)
    scene = cv2.GaussianBlur(scene, (0, 0), float(rng.uniform(0.5, 0.9)))
    scene += (rng.standard_normal((height, width), np.float32) * np.float32(4.0))[..., None]
    return Image.fromarray(np.clip(scene, 0, 255).astype(np.uint8))


def _desk(width: int, height: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """A wooden or plain desk: long grain along one direction."""
    base = np.array(_DESKS[int(rng.integers(len(_DESKS)))], np.float32)
    coarse = rng.standard_normal((height // 90, width // 9)).astype(np.float32)
    if rng.random() < 0.5:
        coarse = rng.standard_normal((height // 9, width // 90)).astype(np.float32)
    grain = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(base * (1 + 0.09 * grain[..., None]), 0, 255), np.float32)


def _light(width: int, height: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """A lamp to one side and the darker corners of the lens, slightly warm or cold."""
    y, x = np.mgrid[-1:1:48j, -1:1:48j].astype(np.float32)
    cx, cy = rng.uniform(-0.8, 0.8, 2)
    lamp = 1.02 - float(rng.uniform(0.12, 0.24)) * ((x - cx) ** 2 + (y - cy) ** 2) / 2.2
    lens = 1 - 0.08 * (x**2 + y**2) / 2
    if rng.random() < 0.4:  # the shadow of a hand or of the phone
        edge = float(rng.uniform(-0.3, 0.8))
        lamp *= 1 - float(rng.uniform(0.12, 0.25)) / (1 + np.exp(-(x * 0.8 + y * 0.6 - edge) / 0.06))
    light = cv2.resize((lamp * lens).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    tone = np.array([1.0, float(rng.uniform(0.97, 1.0)), float(rng.uniform(0.9, 1.02))], np.float32)
    return np.asarray(np.clip(light, 0.35, 1.05)[..., None] * tone, np.float32)
