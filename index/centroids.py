"""The mean vector of each language: what the embedding model says of a text for its language alone."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float32]

LEANING = 0.25
"""Share of the mean vector of its language that is taken off a question."""


@cache
def language_centroids() -> dict[str, Floats]:
    """The mean vectors by language; they go with the model that is shipped."""
    file = files("index") / "weights" / "language-centroids.npz"
    with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        centroids = arrays["centroids"].astype(np.float32)
        return dict(zip(map(str, arrays["languages"]), centroids, strict=True))


def less_leaning(question: Floats, language: str) -> Floats:
    """The vector of a question with part of its language taken off, which helps to find what other languages say."""
    centroid = language_centroids().get(language)
    if centroid is None or centroid.shape != question.shape:
        return question
    return question - np.float32(LEANING) * centroid
