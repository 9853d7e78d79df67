"""Colour as numbers: perceptual mixing, distance, contrast, and sight with a colour deficiency.

Colours are ``#rrggbb`` in sRGB (IEC 61966-2-1, D65).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Deficiency = Literal["protanopia", "deuteranopia", "tritanopia"]
Floats = NDArray[np.float64]

# B. Ottosson 2020, "A perceptual color space for image processing"
_LINEAR_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LMS_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_LINEAR_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_D65 = np.array([0.95047, 1.0, 1.08883])

# Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color
# Vision Deficiency", IEEE TVCG 15(6), severity 1.0
_DEFICIENT: dict[Deficiency, Floats] = {
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


def _linear(colour: str) -> Floats:
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def _hex(linear: Floats) -> str:
    linear = np.clip(linear, 0, 1)
    channels = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{round(float(channel) * 255):02x}" for channel in channels)


def _oklab(colour: str) -> Floats:
    return np.asarray(_LMS_TO_OKLAB @ np.cbrt(_LINEAR_TO_LMS @ _linear(colour)))


def _from_oklab(oklab: Floats) -> str:
    lms = np.linalg.solve(_LMS_TO_OKLAB, oklab) ** 3
    return _hex(np.linalg.solve(_LINEAR_TO_LMS, lms))


def along(anchors: Sequence[str], positions: Sequence[float]) -> tuple[str, ...]:
    """Colours on the path through evenly spaced anchors, mixed in Oklab.

    Parameters
    ----------
    positions
        Places on the path, from 0 (first anchor) to 1 (last).
    """
    path = np.array([_oklab(anchor) for anchor in anchors])
    at = np.linspace(0, 1, len(anchors))
    return tuple(_from_oklab(np.array([np.interp(place, at, path[:, i]) for i in range(3)])) for place in positions)


def seen_with(colour: str, deficiency: Deficiency) -> str:
    """Colour as someone with this deficiency of colour vision sees it (Machado et al. 2009)."""
    return _hex(_DEFICIENT[deficiency] @ _linear(colour))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2, from 1 (none) to 21 (black on white)."""
    luminance = sorted(float(_LINEAR_TO_XYZ[1] @ _linear(colour)) for colour in (one, other))
    return (luminance[1] + 0.05) / (luminance[0] + 0.05)


def legible(ground: str) -> str:
    """Black or white, whichever stands out more: on any ground at least the square root of 21, 4.58 to 1."""
    return max(("#000000", "#ffffff"), key=lambda ink: contrast(ink, ground))


def cielab(colour: str) -> Floats:
    """L*, a*, b* of CIE 1976 under D65."""
    ratio = _LINEAR_TO_XYZ @ _linear(colour) / _D65
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str) -> float:
    """CIEDE2000 difference of two colours: about 1 is just visible side by side."""
    return ciede2000(cielab(one), cielab(other))


def ciede2000(one: Floats, other: Floats) -> float:
    """CIEDE2000 difference of two CIELAB colours.

    After Sharma, Wu and Dalal 2005, *The CIEDE2000 Color-Difference Formula*, Color Research and
    Application 30(1); the numbers in comments are its equations.
    """
    (l1, a1, b1), (l2, a2, b2) = one, other
    chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(chroma**7 / (chroma**7 + 25.0**7)))  # 4
    a1, a2 = (1 + g) * a1, (1 + g) * a2  # 5
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)  # 6
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360  # 7
    grey = c1 * c2 == 0
    turn = 0.0 if grey else (h2 - h1 + 180) % 360 - 180  # 10
    dl, dc = l2 - l1, c2 - c1  # 8, 9
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))  # 11
    l_mean, c_mean = (l1 + l2) / 2, (c1 + c2) / 2  # 12, 13
    if grey:
        h_mean = h1 + h2
    elif abs(h1 - h2) <= 180:
        h_mean = (h1 + h2) / 2
    else:
        h_mean = (h1 + h2 + (360 if h1 + h2 < 360 else -360)) / 2  # 14
    t = (
        1
        - 0.17 * np.cos(np.radians(h_mean - 30))
        + 0.24 * np.cos(np.radians(2 * h_mean))
        + 0.32 * np.cos(np.radians(3 * h_mean + 6))
        - 0.20 * np.cos(np.radians(4 * h_mean - 63))
    )  # 15
    rotation = 30 * np.exp(-(((h_mean - 275) / 25) ** 2))  # 16
    r_c = 2 * np.sqrt(c_mean**7 / (c_mean**7 + 25.0**7))  # 17
    s_l = 1 + 0.015 * (l_mean - 50) ** 2 / np.sqrt(20 + (l_mean - 50) ** 2)  # 18
    s_c, s_h = 1 + 0.045 * c_mean, 1 + 0.015 * c_mean * t  # 19, 20
    r_t = -np.sin(np.radians(2 * rotation)) * r_c  # 21
    x, y, z = dl / s_l, dc / s_c, dh / s_h
    return float(np.sqrt(x**2 + y**2 + z**2 + r_t * y * z))  # 22
