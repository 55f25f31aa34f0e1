"""The signs by which the assistant judges whether it has an answer, in words."""

from __future__ import annotations

from .language import _


def sign_words(name: str) -> str:
    """What a sign of `assistant.signs` stands for; its name where it has no words here."""
    words = {
        "least_held": _(
            "how surely the cited words speak of the part of the question they tell least about, 0 to 1"
        ),
        "mean_held": _("how surely they speak of the whole question, 0 to 1"),
        "unheld_words": _("words of the question that they do not speak of"),
        "unheld_concepts": _("things asked for, such as a cost or a date, that they do not speak of"),
        "missing_names": _("names, countries and numbers of the question that they do not hold"),
        "lacks_value": _("1 if they do not give the kind of value that is asked for"),
        "no_value": _("1 if they hold no value of that kind at all"),
        "undefined": _("1 if a meaning is asked for and none is given"),
        "absent": _("telling words of the question that they do not hold"),
        "absent_around": _("those of them that do not stand around the cited words either"),
        "scattered": _("share of the question that they do not speak of"),
        "terms": _("parts of the question, at most 8"),
        "best_score": _("how well the best sentence fits"),
        "typed": _("1 if the best sentence gives the kind of value that is asked for"),
        "unknown": _("1 if the best sentence says that something is not known"),
        "unknown_near": _("how well a sentence fits that says so"),
        "asked_there": _("how far one of the best sentences stands under a heading that asks the same"),
        "fused": _("how far the best passage stands out by words and meaning together"),
        "dense": _("how near the best passage is in meaning"),
        "dense_z": _("how far it stands out in meaning"),
        "keyword_z": _("how far it stands out by its words"),
        "ahead": _("how far it is ahead of the second"),
        "dense_ahead": _("how far it is ahead in meaning"),
        "keyword_share": _("its words, against a passage that holds each word of the question"),
        "agree": _("1 if words and meaning agree on the best passage"),
        "said": _("how far the passage that fits best says the question in any words, 0 to 1"),
        "least_said": _("the same for the two words that it says least"),
        "said_top": _("how far the passage ranked first says the question"),
        "least_said_top": _("the same for the two words that it says least"),
        "said_elsewhere": _("how far the passage that fits best is ahead of the others"),
        "said_cited": _("how far the cited words themselves say the question"),
        "near": _("how near the cited words are to the question, against a usual answer"),
        "literal": _(
            "share of the words of the question that stand there as they are, rare ones counting more"
        ),
        "rarest_missing": _("how rare the rarest word is that does not stand there"),
        "missing": _("words that do not stand there as they are"),
        "pairs": _("share of neighbours in the question that stand near each other in one sentence"),
        "said_in_one": _("how far the best sentence alone says the question, 0 to 1"),
        "lacks_in_one": _("how rare the word is that it says least"),
        "said_in_two": _("how far the best two sentences in a row say the question, 0 to 1"),
        "lacks_in_two": _("how rare the word is that they say least"),
    }
    return words.get(name, name)
