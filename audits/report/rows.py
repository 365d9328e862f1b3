"""The rows of the workbook's lists: each cell under its key, and which keys a list shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adapters.model import Value
from audits.report import wording
from audits.report.cards import Desk
from audits.report.sheets import Cell, Column, Marked, WebLink
from audits.report.texts import Words
from audits.report.view import Card, FindingView

Cells = dict[str, Cell]

# Key of the column (and of its heading in the texts) -> width in characters.
_WIDTHS = {
    "account": 22,
    "platform": 11,
    "display_name": 22,
    "area": 18,
    "beheerders": 32,
    "unit": 24,
    "status": 16,
    "article": 8,
    "requirement": 32,
    "weight": 12,
    "verdict": 13,
    "seen": 30,
    "wanted": 26,
    "remedy": 32,
    "first_seen_utc": 17,
    "is_new": 8,
    "exemption": 32,
    "source": 20,
    "observed_utc": 17,
    "profile": 36,
    "outcome": 26,
    "reasons": 38,
    "helps": 40,
    "open_requirements": 34,
    "since": 17,
    "type": 18,
    "rule_id": 24,
    "account_id": 20,
    "policy": 34,
    "identity": 24,
}
_UNPRINTED = ("source", "observed_utc", "profile", "type", "rule_id", "account_id", "identity", "policy")
_WHO = ("account", "platform", "display_name", "area", "beheerders")
_WHAT = ("article", "requirement", "weight", "verdict", "seen", "wanted", "remedy")
FINDINGS = (*_WHO, *_WHAT, "first_seen_utc", "is_new", *_UNPRINTED[:3], "unit", *_UNPRINTED[3:])
REVIEWS = (*_WHO, "unit", "status", *_WHAT, "first_seen_utc", *_UNPRINTED)
WAIVED = (*_WHO, "unit", *_WHAT, "exemption", "first_seen_utc", *_UNPRINTED)
UNDETERMINED = (
    *(*_WHO, "unit", "outcome", "reasons", "helps", "open_requirements", "observed_utc"),
    *("profile", "type", "account_id", "identity", "policy"),
)
FIXED = ("account", "platform", "requirement", "since")


def columns(keys: Iterable[str], words: Words) -> tuple[Column, ...]:
    """The columns of a list, in order. What comes after the time is for looking up and not printed."""
    names = tuple(keys)
    last = max(names.index(key) for key in ("first_seen_utc", "is_new", "open_requirements", "since") if key in names)
    return tuple(
        Column(heading=words.report[key], width=_WIDTHS[key], printed=place <= last) for place, key in enumerate(names)
    )


class Rows(Value, frozen=True, kw_only=True):
    """Cards -> rows, in the words of one language. `policy` = its name as each row is to bear it."""

    desk: Desk
    words: Words
    policy: str

    def fails(self, cards: Iterable[Card]) -> Iterator[Cells]:
        """What each account does not meet."""
        return (self._finding(card, finding) for card in cards for finding in card.fails)

    def reviews(self, cards: Iterable[Card]) -> Iterator[Cells]:
        """What a person must look at."""
        for card in cards:
            for finding in card.reviews:
                yield {**self._finding(card, finding), "verdict": self.words.verdicts["review"]}

    def waived(self, cards: Iterable[Card]) -> Iterator[Cells]:
        """What an account does not meet and need not for the time being."""
        for card in cards:
            for finding in card.waived:
                yield {**self._finding(card, finding), "exemption": self._exemption(finding)}

    def undetermined(self, cards: Iterable[Card]) -> Iterator[Cells]:
        """Why nothing could be said of an account, and what would help."""
        for card in cards:
            gaps = tuple(unseen.gap for unseen in card.unseen)
            open_rules = dict.fromkeys(rule for unseen in card.unseen for rule in unseen.rules)
            yield {
                **self._account(card),
                "outcome": self.words.outcomes[card.outcome],
                "reasons": tuple(self.words.gaps.get(gap, gap) for gap in gaps),
                "helps": tuple(dict.fromkeys(self.words.helps[gap] for gap in gaps if gap in self.words.helps)),
                "open_requirements": ", ".join(self._article(rule) for rule in open_rules),
            }

    def fixed(self) -> Iterator[Cells]:
        """What was wrong in the earlier run and is no more."""
        for change in self.desk.night.diff.fixed:
            yield {
                "account": change.handle,
                "platform": self.words.platforms[change.platform],
                "requirement": self.desk.requirement(change.rule),
                "since": _moment(change.since),
            }

    def _account(self, card: Card) -> Cells:
        return {
            "account": card.handle,
            "platform": self.words.platforms[card.platform],
            "display_name": card.name,
            "area": card.area,
            "beheerders": card.beheerders or None,
            "unit": card.unit,
            "status": self.words.statuses[card.status],
            "type": card.type and card.type.replace("_", " "),
            "observed_utc": _moment(card.observed_at),
            "profile": WebLink(url=card.url) if card.url else None,
            "account_id": card.account_id,
            "identity": self.words.identities.get(card.identity or ""),
            "policy": self.policy,
        }

    def _finding(self, card: Card, finding: FindingView) -> Cells:
        words = self.words
        return {
            **self._account(card),
            "article": finding.clause,
            "requirement": finding.requirement,
            "weight": Marked(text=words.severities[finding.severity], style=finding.severity),
            "verdict": words.verdicts["fail"],
            "seen": self._spoken(finding.seen, finding) or words.report["nothing"],
            "wanted": self._spoken(finding.wanted, finding),
            "remedy": finding.remedy,
            "first_seen_utc": _moment(finding.since or card.observed_at),
            "is_new": words.report["is_new_yes" if finding.new else "is_new_no"],
            "source": words.sources.get(finding.source or "", finding.source),
            "observed_utc": _moment(finding.observed_at or card.observed_at),
            "rule_id": finding.rule,
        }

    def _spoken(self, text: str | None, finding: FindingView) -> str | None:
        if text == "":
            return self.words.report["empty_value"]
        return None if text is None else wording.spoken(self.words, text, finding.rule)

    def _exemption(self, finding: FindingView) -> Cell:
        waived, say = finding.waived, self.words.say
        if waived is None:
            return None
        until = say("waived", until=wording.day(self.words, waived.until))
        return until, say("waived_text", reason=waived.reason, approver=waived.approver)

    def _article(self, rule: str) -> str:
        clause = self.desk.clauses.get(rule)
        return f"{clause.clause} {rule}" if clause else rule


def _moment(iso: str | None) -> Cell:
    """The time as a date of the workbook; the text itself when it is none."""
    return wording.parsed(iso) or iso
