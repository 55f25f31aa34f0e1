"""What a chat model would be sent, in words, before the user agrees to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.prompt import PASSAGES_SENT

from .language import _

if TYPE_CHECKING:
    from assistant.chat_settings import ChatSettings


def sending_words(settings: ChatSettings) -> list[str]:
    """Where questions go and what goes with them, a sentence each."""
    where = settings.address or settings.model.partition(":")[0]
    if settings.is_local:
        place = _("To {place}, on this machine. Nothing leaves it, unless that server sends it on.")
    elif settings.address.startswith("http://"):
        place = _("To {place}, over the network and unencrypted: anybody between can read it.")
    else:
        place = _("To {place}, over the internet. What it does with it is told by its own terms.")
    what = _(
        "With each question that the guides answer: the question, completed by what it leaves out, and at most "
        "{count} passages of the guides, your own among them."
    )
    return [
        place.format(place=where),
        what.format(count=PASSAGES_SENT),
        _(
            "Never: your lessons and marks, other files, earlier answers, or questions that the guides do not answer."
        ),
        _(
            "Every sentence that comes back is compared with the passages; what they do not prove is left out."
        ),
    ]
