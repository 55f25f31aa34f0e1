"""Which language a text is in, be it a guide or a question of three words.

Small words tell it in most cases. Where they do not, a statistical model is asked, and where that is not sure
either, as with a question made of names, the fallback holds.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
)  # fmt: skip
"""Those whose passages can be searched without bias."""

DEFAULT = "en"

_SMALL_WORDS = {
    "bg": "и на за от се да не по във със какво кой коя кои как колко къде кога защо е са има който това"
    " проекта",
    "cs": "a je na se že v ve pro jak co kdo kde kdy kolik jaký jaká jaké jsou byl který která které nebo"
    " projektu jako lze pomáhá mohu může",
    "da": "og er på til af det den der med for ikke hvad hvem hvor hvornår hvordan hvorfor hvilke hvilken"
    " hvilket har kan skal jeg en et om de som fra var hvis vi mange meget eller blev ved varer koster"
    " findes projektet",
    "de": "und der die das ist ein eine einen den dem des nicht mit für von auf zu im wie was wer wo wann"
    " warum welche welcher welches sind hat kann ich es wird werden wurde viel viele lange gibt bei"
    " oder aus zum zur hoch wieviel dauert heißt bedeutet",
    "el": "και το η ο τα οι του της των για με σε από είναι που τι ποιος ποια ποιο ποιοι πώς πού πότε γιατί"
    " πόσο ποιες στο στη στην στον δεν θα να",
    "en": "the and of is are was were what who which how when where why does do did to in for on with a an"
    " can it its from by much many long about have has i we our between their tell me give list that"
    " this be or at there any should explain whose get need us will would could",
    "es": "el la los las de del y que en es un una por para con qué quién quiénes cuál cuáles cómo cuándo"
    " cuánto cuánta cuántos cuántas dónde está son fue tiene se su al hay puede cuesta lo más dura"
    " proyecto",
    "et": "ja on ei see mis kes kus millal kuidas miks kui palju oli või ning et kas mille millised"
    " projekti projektis milline kestab selle",
    "fi": "ja on ei se mikä mitä kuka ketkä missä milloin miten miksi kuinka paljon oli tai että ovat mitkä"
    " kestää hankkeen projektin kauan voiko minkä",
    "fr": "le la les des du de et est un une en que qui quoi quel quelle quels quelles comment combien"
    " quand où pourquoi pour avec dans sur sont au aux a été il elle ce cette par ne pas se coûte y"
    " dure qu'est projet sa ses leur peut peuvent faut",
    "ga": "agus an na is tá ar le do cad cé conas cá cathain cén fáth a bhí ag go i mór atá mhéad"
    " tionscadal tionscadail",
    "hr": "i je u na se da za što tko koji koja koje gdje kada kako zašto koliko su s od bio ili projekta"
    " kolika kojih traje biti iz ima",
    "hu": "és a az hogy nem van mi ki mit mik hol mikor hogyan miért mennyi volt egy milyen kik meg vagy"
    " melyik mely hány meddig tart ez",
    "it": "il lo la i gli le di del della dei e è un una che in per con chi cosa quale quali come quando"
    " quanto quanti quanta quante dove perché sono non si da al alla nel ha dura progetto questo stato"
    " può cos'è",
    "lt": "ir yra kas kur kada kaip kodėl kiek kokie kokia koks buvo į iš su ar kuris kuri kurie projekto"
    " ką projektas trunka už",
    "lv": "un ir kas kur kad kā kāpēc cik kādi kāda kāds bija no ar par vai kurš kura kuri projekta ko ilgi",
    "nl": "de het een en van is zijn niet met voor op te in dat die wat wie hoe waar wanneer waarom welke"
    " welk hoeveel heeft kan er aan bij om was werd worden ik of uit naar lang duurde duurt kost dit"
    " deze",
    "pl": "i w na z do że się nie jest są co kto jak gdzie kiedy dlaczego ile jaki jaka jakie jakim czy"
    " przez dla od był była było który która które o po oraz jaką projektu projekcie mogę można ma"
    " trwa trwał kim",
    "pt": "o a os as de do da dos das e que em é um uma por para com quem qual quais como quando quanto"
    " quantos quantas onde porque são foi não no na se ao tem há durou projeto custa seu sua",
    "ro": "și de la în cu pe din este sunt un o care ce cine cum când unde cât câți câte pentru nu se a"
    " fost proiectului al ai ale că proiectul durează au prin",
    "sk": "a je na sa že v vo pre ako čo kto kde kedy koľko aký aká aké sú bol ktorý ktorá ktoré alebo"
    " projektu môže trvá prečo",
    "sl": "in je na se da za v kaj kdo kje kdaj kako zakaj koliko so kateri katera katere bil ali projekta"
    " kakšen kakšna s od pri traja",
    "sv": "och är på till av det den som med för inte vad vem vilka vilken vilket hur när var varför har"
    " kan ska jag en ett om de från finns många mycket eller blev vid kostar länge projektet får gör"
    " man",
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_MOST_WORDS = 300
_CLEAR = 1.0
"""Evidence of small words from which they decide; a word that only one language has counts as one."""
_LEAD = 1.5
"""How many times the evidence of the next language that must be."""
_SURE = 0.5
"""The model is believed from this chance on."""
_LIKELY, _LIKELY_LEAD = 0.35, 2.0
"""Or from this one, if it is so many times that of the next language."""
_FEWEST_LETTERS = 8
_FEWEST_SHOUTED = 3
"""Words from which capitals are taken for emphasis, not for a name."""
_ENOUGH_WORDS = 12
"""From so many words on the model is believed however sure it is."""
_PASSAGE_WORDS = 25
"""Words from which a passage can be in another language than its guide."""
_AT_HOME = 0.33
"""Share of small words of its guide's language that shows a passage to be in it."""
_ABROAD, _CLEARLY = 0.1, 2
"""Share of small words that only another language has, and how many times those of the guide's own."""


def detect(text: str, fallback: str | None = None) -> str:
    """The language of a text as a code of two letters; the fallback, or English, where nothing tells."""
    words = _telling_words(text)
    evidence = _evidence(words)
    if evidence:
        (best, most), (_, next_most) = (*evidence[:2], ("", 0.0))[:2]
        if most >= _CLEAR and most >= _LEAD * next_most:
            return best
    return _modelled(words, evidence) or fallback or DEFAULT


def language_of_passage(text: str, language: str) -> str:
    """The language of a passage of a guide: that of the guide, unless the words clearly tell of another."""
    words = text.lower().split()
    own = _words_of(language)
    if len(words) < _PASSAGE_WORDS or not own:
        return language
    if sum(map(own.__contains__, words)) >= _AT_HOME * len(words):
        return language
    if sum(map(_only_in(language).__contains__, words)) >= _ABROAD * len(words):
        return language
    counts = {other: sum(map(_words_of(other).__contains__, words)) for other in _SMALL_WORDS}
    rival = max(counts, key=lambda other: counts[other])
    theirs = sum(map((_words_of(rival) - own).__contains__, words))
    ours = sum(map((own - _words_of(rival)).__contains__, words))
    clear = theirs >= max(_ABROAD * len(words), _CLEARLY * ours)
    return rival if clear and _leads(rival, language, _telling_words(text)) else language


def _leads(rival: str, language: str, words: list[str]) -> bool:
    """Whether small words speak for a rival before all languages, and clearly before one of them."""
    evidence = _evidence(words)
    best, most = evidence[0] if evidence else ("", 0.0)
    return best == rival and most >= max(_CLEAR, _LEAD * dict(evidence).get(language, 0.0))


@cache
def _words_of(language: str) -> frozenset[str]:
    return frozenset(_SMALL_WORDS.get(language, "").split())


@cache
def _only_in(language: str) -> frozenset[str]:
    return frozenset(word for word in _words_of(language) if len(_shares()[word]) == 1)


def _telling_words(text: str) -> list[str]:
    """The words of a text without names: what has capitals inside says nothing of its language."""
    found = _WORD.finditer(unicodedata.normalize("NFC", text))
    words = [match.group() for match in islice(found, _MOST_WORDS)]
    shouted = text.isupper() and len(words) >= _FEWEST_SHOUTED
    plain = [word for word in words if shouted or word[1:].islower() or not any(map(str.isupper, word[1:]))]
    lowered = [word.lower() for word in plain]
    capitals = all(word[0].isupper() for word in plain)
    if capitals and len(words) > 1 and not any(word in _shares() for word in lowered):
        return []
    return lowered


@cache
def _shares() -> dict[str, dict[str, float]]:
    """What each small word is worth as evidence for each language that has it."""
    holders: dict[str, list[str]] = {}
    for language, words in _SMALL_WORDS.items():
        for word in set(words.split()):
            holders.setdefault(word, []).append(language)
    return {word: dict.fromkeys(languages, 1 / len(languages)) for word, languages in holders.items()}


def _evidence(words: list[str]) -> list[tuple[str, float]]:
    """Languages with the evidence for each, the strongest first."""
    found: dict[str, float] = {}
    shares = _shares()
    for word in words:
        for language, share in shares.get(word, {}).items():
            found[language] = found.get(language, 0.0) + share
    return sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))


@cache
def _model() -> LanguageIdentifier:
    # 0.6 s to load, needed only where small words do not tell.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(LANGUAGES)
    model._full_model = None  # noqa: SLF001 - 28 MB for the languages that are left out
    return model


def forget_model() -> None:
    """Free the 50 MB of the statistical model; it is loaded again where small words do not tell."""
    _model.cache_clear()


def _modelled(words: list[str], evidence: list[tuple[str, float]]) -> str:
    """What the statistical model says, weighed with the small words; nothing if it is not sure."""
    text = " ".join(words)
    if len(text) < _FEWEST_LETTERS:
        return evidence[0][0] if len(evidence) == 1 else ""
    shares = dict(evidence)
    weights = {language: chance * (1 + shares.get(language, 0.0)) for language, chance in _model().rank(text)}
    best, next_best = sorted(weights, key=lambda language: -weights[language])[:2]
    chance = weights[best] / sum(weights.values())
    sure = chance >= _SURE or (chance >= _LIKELY and weights[best] >= _LIKELY_LEAD * weights[next_best])
    return best if sure or len(words) >= _ENOUGH_WORDS else ""
