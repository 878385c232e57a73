"""Reactions of either side."""

from aiogram import Router
from aiogram.types import MessageReactionUpdated, ReactionTypeEmoji

from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.services.reacting import Reacting


async def react(change: MessageReactionUpdated, turn: Turn, person: Person | None, reacting: Reacting) -> None:
    """A bot can show one plain emoji: the newest; custom and paid ones are left out."""
    plain = [each.emoji for each in change.new_reaction if isinstance(each, ReactionTypeEmoji)]
    if person is not None:
        emoji = plain[-1] if plain else ""
        await reacting.react(turn.visit.lane, change.message_id, emoji, turn.inbox_id, turn.now)


def routes(router: Router) -> None:
    router.message_reaction.register(react)
