"""How the dense and the keyword ranking are made into one.

The rule was measured on questions in three languages (docs/retrieval.md): keywords tell much of a passage in the
language of the question and little of another one, so each passage is weighed by its own language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Codes: TypeAlias = NDArray[np.int64]
    Marks: TypeAlias = NDArray[np.bool_]

KEYWORDS_WITHIN = 0.4
"""Weight of the keyword score for a passage in the language of the question, the rest is the dense score's."""
KEYWORDS_ACROSS = 0.15
"""The same for a passage in another language."""
SMALLEST_GROUP = 8
"""Passages; the keyword scores of a language with fewer are standardised over all languages."""
_SMALLEST_DEVIATION = 1e-3
_SORTED_FIRST = 1_000
"""The best scores, which are put in order without the others: all 100,000 take 8 ms."""


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
    for group in np.flatnonzero(np.bincount(groups)):
        members = groups == group
        if members.sum() >= SMALLEST_GROUP:
            result[members] = standardised(scores[members])
    return result


def fuse(dense: Floats | None, keyword: Floats, languages: Codes, own: Marks) -> Fused:
    """One score for each passage.

    Without dense scores it is the keyword score over all languages: a name in the question then decides.

    Args:
        dense: Nearness in meaning, NaN where it is not known.
        keyword: Score of the shared words.
        languages: A code for the language of each passage.
        own: Whether that is the language of the question.
    """
    keyword_z = standardised_within(keyword, languages)
    if dense is None:
        return Fused(standardised(keyword), None, keyword_z)
    dense_z = standardised(dense)
    share = np.where(own, KEYWORDS_WITHIN, KEYWORDS_ACROSS)
    return Fused((1 - share) * dense_z + share * keyword_z, dense_z, keyword_z)


def best(scores: Floats, guides: Codes, count: int, per_guide: int | None = None) -> list[int]:
    """Places of the best scores in order, at most so many from one guide; equals keep their order."""
    enough = max(_SORTED_FIRST, count)
    if len(scores) > enough:
        least = scores[np.argpartition(-scores, enough - 1)[enough - 1]]
        places = np.flatnonzero(scores >= least)
        chosen = _capped(places[np.argsort(-scores[places], kind="stable")], guides, count, per_guide)
        if len(chosen) == count:
            return chosen
    return _capped(np.argsort(-scores, kind="stable"), guides, count, per_guide)


def _capped(places: Codes, guides: Codes, count: int, per_guide: int | None) -> list[int]:
    chosen: list[int] = []
    taken: dict[int, int] = {}
    for place in places.tolist():
        if len(chosen) >= count:
            break
        guide = int(guides[place])
        if per_guide is None or taken.get(guide, 0) < per_guide:
            chosen.append(place)
            taken[guide] = taken.get(guide, 0) + 1
    return chosen
