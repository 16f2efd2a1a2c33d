"""A screen's copy of the queue: loaded once, then kept by events alone, by the rule of web/src/features/handoffs/queue.ts."""

from typing import Any

Card = dict[str, Any]


class QueueClient:
    def __init__(self) -> None:
        self.cursor = 0
        self._cards: dict[str, Card] = {}

    def load(self, queue: dict[str, Any]) -> None:
        self.cursor = queue["last_event_id"]
        self._cards = {card["session_id"]: card for card in queue["items"]}

    @property
    def items(self) -> list[Card]:
        """Oldest first, as the API lists them."""
        return sorted(self._cards.values(), key=lambda card: (card["created_at"], card["session_id"]))

    def apply(self, event: dict[str, Any]) -> None:
        """What the queue contains already changes nothing; a gap in the numbers is a loss."""
        if event["event_id"] <= self.cursor:
            return
        assert event["event_id"] == self.cursor + 1, f"nothing was told between {self.cursor} and {event['event_id']}"
        self.cursor = event["event_id"]
        match event["type"]:
            case "handoff_created" | "handoff_reopened" | "handoff_updated":
                self._cards[event["card"]["session_id"]] = event["card"]
            case "handoff_claimed":
                if (card := self._meant(event)) is not None:
                    news = {name: event[name] for name in ("handoff_id", "claimed_by", "claimed_at")}
                    self._cards[card["session_id"]] = {**card, **news, "status": "claimed"}
            case "handoff_question" | "handoff_answer":
                if (card := self._meant(event)) is not None:
                    self._cards[card["session_id"]] = {**card, "question_pending": event["question_pending"]}
            case "handoff_withdrawn" | "handoff_returned" | "handoff_closed":
                if (card := self._meant(event)) is not None:
                    del self._cards[card["session_id"]]
            case "handoff_assessment_ready":
                pass  # the card follows it
            case unknown:
                raise AssertionError(f"an event of a kind that no screen knows: {unknown}")

    def _meant(self, event: dict[str, Any]) -> Card | None:
        """A card whose session was handed on since is not meant; one of before this version has no handoff yet."""
        card = self._cards.get(event["session_id"])
        return card if card is not None and card["handoff_id"] in (None, event["handoff_id"]) else None
