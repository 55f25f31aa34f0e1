"""How the dense and the keyword ranking are made into one.

The rule was measured on questions in eight languages: rank fusion helps within one language and ruins the
rest; adding standardised scores, the keyword score within the passages of each language, helps everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Codes: TypeAlias = NDArray[np.int64]

ACROSS_LANGUAGES = (0.9, 0.1)
"""Weights of the dense and the keyword score."""
WITHIN_LANGUAGE = (0.7, 0.3)
"""The same where every passage searched is in the language of the question."""
SMALLEST_GROUP = 8
"""Passages; the keyword scores of a language with fewer are standardised over all languages."""
_SMALLEST_DEVIATION = 1e-3


@dataclass(frozen=True, slots=True)
class Fused:
    """One value for each passage searched."""

    score: Floats
    dense_z: Floats | None
    keyword_z: Floats


def standardised(scores: Floats) -> Floats:
    """Scores less their mean, in standard deviations; missing ones stand at the mean."""
    known = scores[~np.isnan(scores)]
    if not known.size:
        return np.zeros_like(scores)
    spread = max(float(known.std()), _SMALLEST_DEVIATION)
    result: Floats = np.nan_to_num((scores - known.mean()) / spread, nan=0.0)
    return result


def standardised_within(scores: Floats, groups: Codes) -> Floats:
    """Scores standardised within each group, those of small groups over all."""
    result = standardised(scores)
    for group in np.unique(groups):
        members = groups == group
        if members.sum() >= SMALLEST_GROUP:
            result[members] = standardised(scores[members])
    return result


def fuse(dense: Floats | None, keyword: Floats, languages: Codes, *, same_language: bool) -> Fused:
    """One score for each passage.

    Without dense scores it is the keyword score over all languages: a name in the question then decides.
    """
    keyword_z = standardised_within(keyword, languages)
    if dense is None:
        return Fused(standardised(keyword), None, keyword_z)
    dense_z = standardised(dense)
    for_dense, for_keyword = WITHIN_LANGUAGE if same_language else ACROSS_LANGUAGES
    return Fused(for_dense * dense_z + for_keyword * keyword_z, dense_z, keyword_z)


def best(scores: Floats, guides: Codes, count: int, per_guide: int | None = None) -> list[int]:
    """Places of the best scores in order, at most so many from one guide; equals keep their order."""
    chosen: list[int] = []
    taken: dict[int, int] = {}
    for place in np.argsort(-scores, kind="stable").tolist():
        if len(chosen) >= count:
            break
        guide = int(guides[place])
        if per_guide is None or taken.get(guide, 0) < per_guide:
            chosen.append(place)
            taken[guide] = taken.get(guide, 0) + 1
    return chosen
