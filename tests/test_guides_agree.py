"""The shipped guides tell one value for one thing, in every guide and in every language."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

GUIDES = Path(__file__).parent.parent / "index" / "guides"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(GUIDES.glob("*.md"))}
TRANSLATIONS = sorted(name for name in TEXTS if "." in name)

MONTHS = (
    "january february march april may june july august september october november december",
    "januar februar marts april maj juni juli august september oktober november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku listopadzie grudniu",
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
)
MONTH = {name: number for names in MONTHS for number, name in enumerate(names.split(), 1)}
COUNTS = (
    "two zwei dwa dos",
    "three tre drei trzy tres",
    "four vier cztery cuatro",
    "five fem fünf pięć cinco",
    "six seks sechs sześć seis",
    "seven syv sieben siedem siete",
    "eight otte acht osiem ocho",
    "nine neun dziewięć nueve",
    "ten ti zehn dziesięć diez",
)
"""Two and up; without the Danish words that are other words in other languages."""
COUNT = {word: Decimal(number) for number, words in enumerate(COUNTS, 2) for word in words.split()}
SCALES = {
    r"billion|milliard\w*|mia\.|mrd\.?|miliard\w*|mld|mil millones": 1_000_000_000,
    r"million\w*|mio\.?|milion\w*|mln|millones": 1_000_000,
}

NUMBER = r"\d{1,3}(?:[.,\s]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?"
SCALE = "|".join(SCALES)
VALUES = {
    "amount": re.compile(
        rf"\bEUR (?P<number>{NUMBER})(?: (?P<scale>{SCALE}))?"
        rf"|\b(?P<number2>{NUMBER})(?: (?P<scale2>{SCALE}))?(?: de)? (?:euros?\b|EUR\b(?! \d))",
        re.IGNORECASE,
    ),
    "percent": re.compile(rf"\b(?P<number>{NUMBER})\s?%"),
    "date": re.compile(
        rf"(?:\b(?P<day>\d\d?)\.? (?:de )?)?\b(?P<month>{'|'.join(MONTH)})\b (?:de )?(?P<year>\d{{4}})\b",
        re.IGNORECASE,
    ),
    "count": re.compile(rf"(?<![\d.,])\b(?P<count>\d{{1,3}}|{'|'.join(COUNT)})\b(?![.,]\d)", re.IGNORECASE),
}
"""How a value of a kind is written in the languages of the guides."""

PERIODS = r"(?: (?:2007|2014|2021)-20\d\d)?"
THINGS = re.compile(
    r"\b(?:GoSmart & Excel BSR|GoSmart BSR|KISS ME|InterVentures|Northern Connections|SMEGoNet|SMART\+"
    rf"|Interreg Europe{PERIODS}|INTERREG IVC|Interreg Baltic Sea Region{PERIODS}|Interreg North Sea{PERIODS}"
    r"|Baltic Sea Region"
    r"|Interreg (?:I|II|III|IV|V|VI)\b(?!-)|B Light 2|B Light|EIC Accelerator|Eurostars|Horizon Europe"
    r"|I3|LIFE|COSME|Single Market Programme|Euroclusters|EEN|Enterprise Europe Network|Digital Europe Programme|AEBR"
    r"|Pannon EGTC|Euregio Rhine-Waal|(?:EGTC |Euroregion )?Pyrenees-Mediterranean(?: Euroregion)?"
    r"|Hedmark|HAMAG-BICRO|ENoLL|Policy Learning Platform|de minimis aid|single undertaking|Article 20a?"
    r"|less developed regions?|transition regions?|more developed regions?|autonomous|partner enterprise"
    r"|SMEs?|medium-sized enterprise|small enterprise|micro enterprise|small mid-caps?|innovation vouchers?"
    r"|Erasmus for Young Entrepreneurs|small project funds?|office and administration|travel|all other costs)(?!\w)",
    re.IGNORECASE,
)
"""What the guides tell values of."""

SAME_THING = {
    "egtc pyrenees-mediterranean": "pyrenees-mediterranean",
    "euroregion pyrenees-mediterranean": "pyrenees-mediterranean",
    "pyrenees-mediterranean euroregion": "pyrenees-mediterranean",
    "enterprise europe network": "een",
    "medium-sized enterprise": "sme",
    "single undertaking": "de minimis aid",
}


class Label(NamedTuple):
    """A word for a value, the kind of the value, and whether it stands before or after the word."""

    kind: str
    words: str
    side: str = "after"


LABELS = {
    "total value": Label("amount", r"total value|samlede? værdi|gesamtwert|całkowita wartość|valor total"),
    "budget": Label("amount", r"budget\w*|budżet\w*|presupuesto"),
    "co-financing": Label(
        "amount", r"co-financing|samfinansiering|kofinanzierung|współfinansowani\w+|cofinanciación"
    ),
    "per firm": Label("amount", r"per single undertaking", "before"),
    "turnover": Label("amount", r"turnover"),
    "balance sheet": Label("amount", r"balance sheet"),
    "rate": Label("percent", r"co-financing|paid up to|pays up to|usual share"),
    "wealth": Label("percent", r"GDP per head"),
    "holding": Label("percent", r"holds|holding"),
    "of staff costs": Label("percent", r"of staff costs", "before"),
    "duration": Label("count", r"months|måneder\w*|monate\w*|miesi\w+|meses", "before"),
    "partners": Label("count", r"partners|partnere|partner|partnerów|socios", "before"),
    "countries": Label("count", r"countries|lande|ländern?|krajów|países", "before"),
    "staff": Label("count", r"staff", "before"),
    "members": Label("count", r"members|member organisations", "before"),
    "projects": Label("count", r"projects", "before"),
    "founded": Label("date", r"founded|launched"),
    "start": Label("date", r"started|began|from"),
    "end": Label("date", r"ended|until|(?<!according )to"),
    "since": Label("date", r"since|merged with Oppland into Innlandet county on"),
}
"""Labels of values and the words that are used for them."""

WORDS = {
    name: re.compile(rf"(?<![\w-])(?:{label.words})(?!\w)", re.IGNORECASE) for name, label in LABELS.items()
}
DIGITS = re.compile(rf"(?<![\w.,-])(?:{NUMBER})(?!\w)")
FIELD = re.compile(r"^[-*] (?P<head>[^:]{3,120}): (?P<rest>.+)$")
ENDS = re.compile(rf"(?<=[.!?;])\s+(?!(?i:{'|'.join(MONTH)})\b)(?=[^\W\d_a-z])")
"""Where a sentence ends: before a capital that begins no month, as German writes "19. Juni"."""
SMALL_WORDS = re.compile(r"\b(?:of|for|in|the|af|von|für|dla|w|de|del|para|flat rate)\b")
WHAT = re.compile(r"[\w\s-]*")
"""What may stand between a count and what is counted."""
NEAR, NEXT = 50, 20
"""Characters between a label and its value in running text, and between a count and what is counted."""


class Claim(NamedTuple):
    """That the label of a thing has a value."""

    thing: str
    label: str
    value: object


def value(match: re.Match[str]) -> object:
    """The value that was matched, the same for every way of writing it: a date as year, month and day, 0 for none."""
    groups = match.groupdict()
    if "month" in groups:
        return (int(groups["year"]), MONTH[groups["month"].lower()], int(groups["day"] or 0))
    if "count" in groups:
        word = groups["count"].lower()
        return COUNT.get(word) or Decimal(word)
    amount = number(groups["number"] or groups["number2"])
    scale = groups.get("scale") or groups.get("scale2") or ""
    factor = next((times for words, times in SCALES.items() if re.fullmatch(words, scale, re.IGNORECASE)), 1)
    return (amount * factor).normalize()


def number(written: str) -> Decimal:
    """A number of which a mark before one or two last digits is the decimal one, and all others part thousands."""
    whole, _, decimals = re.fullmatch(r"(.*?)(?:([.,])(\d{1,2}))?", written).groups()  # type: ignore[union-attr]
    return Decimal(re.sub(r"\D", "", whole) + "." + (decimals or "0")).normalize()


def statements(text: str) -> Iterator[str]:
    """The list items, table rows and sentences of a guide."""
    body = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text.split("\n---\n", 1)[-1]).replace("–", "-")
    for line in body.splitlines():
        if FIELD.match(line) or line.startswith("|"):
            yield line
        elif line and not line.startswith("#"):
            yield from ENDS.split(line)


def things(text: str) -> set[str]:
    """The things that a text names, each by one name and without the s of a plural."""
    names = {match[0].casefold().removesuffix("s") for match in THINGS.finditer(text)}
    return {SAME_THING.get(name, name) for name in names}


def claims(text: str) -> Iterator[Claim]:
    """What a guide says of the values of things."""
    named: set[str] = set()
    for statement in statements(text):
        field = FIELD.match(statement)
        if not statement.startswith(("It ", "Its ", "This ")):
            named = things(field["head"] if field else statement)
        if len(named) == 1:
            (thing,) = named
            yield from field_claims(thing, field) if field else sentence_claims(thing, statement)


def field_claims(thing: str, field: re.Match[str]) -> Iterator[Claim]:
    """What a line such as "Budget of LIFE: EUR 5.4 billion" says; a label without words of its own is its head."""
    own = " ".join(SMALL_WORDS.sub(" ", THINGS.sub("", field["head"]).casefold()).split())
    shared = {label.kind: name for name, label in LABELS.items() if WORDS[name].fullmatch(own)}
    found = {kind: match for kind, pattern in VALUES.items() if (match := pattern.search(field["rest"]))}
    for kind, match in found.items():
        if own and (kind != "count" or len(found) == 1):
            yield Claim(thing, shared.get(kind, f"{own} ({kind})"), value(match))
    yield from sentence_claims(thing, field["rest"])


def sentence_claims(thing: str, sentence: str) -> Iterator[Claim]:
    """What a sentence on one thing says: the value next to each label that it holds."""
    for name, label in LABELS.items():
        for word in WORDS[name].finditer(sentence):
            near = NEXT if label.kind == "count" else NEAR
            before = label.side == "before"
            start, end = (
                (max(0, word.start() - near), word.start()) if before else (word.end(), word.end() + near)
            )
            found = list(VALUES[label.kind].finditer(sentence, start, end))
            for each in found[-1:] if before else found[:1]:
                if label.kind == "count" and not WHAT.fullmatch(sentence, each.end(), end):
                    continue
                yield Claim(thing, name, value(each))


TOLD = {
    # Since 2024 the ceiling, from 2026 the register.
    ("de minimis aid", "since"): {(2024, 1, 1), (2026, 1, 1)},
    # One to six months, within a year.
    ("erasmus for young entrepreneur", "duration"): {6, 12},
    # Eight of its own; three new ones in the extension.
    ("gosmart bsr", "partners"): {8, 3},
    # Strand 1, strand 2a and the first results of 2022.
    ("i3", "countries"): {3, 22},
    # Five in strand 1 and three in strand 2a.
    ("i3", "partners"): {5, 3},
    # The first results of 2022, and all that came out of the partnerships of regions.
    ("i3", "projects"): {11, 300},
    # Seven joined, which made thirty-six.
    ("interreg europe", "countries"): {7, 36},
    # Planned in whole and by phase; and by how much it was prolonged.
    ("interventure", "duration"): {36, 24, 12, 6},
    # The start of the project and of its second phase.
    ("interventure", "start"): {(2019, 8, 1), (2022, 2, 0)},
    # In whole, and the second phase.
    ("kiss me", "duration"): {54, 24},
    # Public pages count 20, 21 or 22; the guide says so.
    ("northern connection", "partners"): {21, 22},
    # The definition, and an example of a firm that meets it.
    ("sme", "staff"): {250, 60},
}
"""What the guides tell of a thing by several values, on purpose."""

OF_TRANSLATIONS = {
    # How many of the terms are translated.
    "glossary": {Decimal(60)},
}
"""What a translation says and its original does not, on purpose."""


def differing(guides: Mapping[str, str]) -> dict[tuple[str, str], dict[object, set[str]]]:
    """The labels of things with more than one value, except as told: which guides say which."""
    said: defaultdict[tuple[str, str], defaultdict[object, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, text in guides.items():
        for claim in claims(text):
            said[claim.thing, claim.label][claim.value].add(name)
    return {
        key: dict(values)
        for key, values in said.items()
        if len(values) > 1 and values.keys() != TOLD.get(key, set())
    }


def values_of(text: str) -> set[object]:
    """The amounts, shares and dates of a guide, and every number that it writes in digits."""
    lines = tuple(statements(text))
    found = ((kind, each) for line in lines for kind in VALUES for each in VALUES[kind].finditer(line))
    typed = {(kind, value(each)) for kind, each in found if kind != "count"}
    return typed | {number(each) for line in lines for each in DIGITS.findall(line)}


def test_a_label_of_a_thing_has_one_value_in_all_guides():
    assert differing(TEXTS) == {}


def test_what_is_told_by_several_values_is_still_told_so():
    said = defaultdict(set)
    for text in TEXTS.values():
        for claim in claims(text):
            said[claim.thing, claim.label].add(claim.value)
    assert {key: said[key] for key in TOLD} == TOLD


def test_enough_is_compared_between_guides_and_languages():
    said = defaultdict(set)
    for name, text in TEXTS.items():
        for claim in claims(text):
            said[claim.thing, claim.label].add(name)
    assert len(said) >= 150
    assert sum(len(names) > 1 for names in said.values()) >= 20


@pytest.mark.parametrize(
    ("slug", "right", "wrong", "key"),
    [
        (
            "kiss-me",
            "balance sheet of at most EUR 43 million",
            "balance sheet of at most EUR 34 million",
            ("sme", "balance sheet"),
        ),
        (
            "budget-of-a-first-project",
            "EUR 300,000 per single",
            "EUR 200,000 per single",
            ("de minimis aid", "per firm"),
        ),
        ("glossary", "under 75 %", "under 70 %", ("less developed region", "wealth")),
        ("regions-and-organisations", "October 2004", "October 2014", ("pyrenees-mediterranean", "founded")),
        (
            "gosmart-excel-bsr.da",
            "770.860,00 euro (EUR 770.860,00)",
            "770.680,00 euro",
            ("gosmart & excel bsr", "budget"),
        ),
        (
            "eligible-costs-and-control",
            "administration: 15 %",
            "administration: 25 %",
            ("office and administration", "of staff costs"),
        ),
        ("gosmart-excel-bsr.da", "otte partnere", "syv partnere", ("gosmart bsr", "partners")),
    ],
)
def test_a_value_changed_in_one_guide_is_seen(slug, right, wrong, key):
    assert right in TEXTS[slug]
    changed = differing({**TEXTS, slug: TEXTS[slug].replace(right, wrong)})
    assert changed.keys() == {key}
    assert {slug} in changed[key].values()


@pytest.mark.parametrize("name", TRANSLATIONS)
def test_a_translation_holds_no_value_that_its_original_lacks(name):
    original = name.split(".")[0]
    assert values_of(TEXTS[name]) - values_of(TEXTS[original]) <= OF_TRANSLATIONS.get(original, set())


def test_a_value_changed_in_a_translation_is_seen():
    original, translation = TEXTS["gosmart-excel-bsr"], TEXTS["gosmart-excel-bsr.da"]
    assert "oktober 2017" in translation
    changed = translation.replace("oktober 2017", "oktober 2016")
    assert values_of(changed) - values_of(original) == {("date", (2016, 10, 0)), Decimal(2016)}


@pytest.mark.parametrize(
    ("kind", "written", "meant"),
    [
        ("amount", "EUR 1,176,540.00", 1_176_540),
        ("amount", "1.176.540,00 euro", 1_176_540),
        ("amount", "EUR 1 176 540", 1_176_540),
        ("amount", "432 808,47 EUR", Decimal("432808.47")),
        ("amount", "EUR 1.76 million", 1_760_000),
        ("amount", "1,76 mio. euro", 1_760_000),
        ("amount", "1,76 Millionen Euro", 1_760_000),
        ("amount", "1,76 mln euro", 1_760_000),
        ("amount", "1,76 millones de euros", 1_760_000),
        ("amount", "EUR 8.05 billion", 8_050_000_000),
        ("percent", "83,67 %", Decimal("83.67")),
        ("percent", "83.67%", Decimal("83.67")),
        ("date", "30 June 2021", (2021, 6, 30)),
        ("date", "30. juni 2021", (2021, 6, 30)),
        ("date", "30 czerwca 2021", (2021, 6, 30)),
        ("date", "30 de junio de 2021", (2021, 6, 30)),
        ("date", "June 2021", (2021, 6, 0)),
        ("count", "54", 54),
        ("count", "osiem", 8),
    ],
)
def test_a_value_is_read_the_same_in_every_spelling(kind, written, meant):
    found = VALUES[kind].search(f"Before it {written} and after it.")
    assert found
    assert value(found) == meant
