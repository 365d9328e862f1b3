"""Whether an account is really ours: a person said so, or the official page and the profile point at each other.

A copied photo passes every other check, so nothing else proves identity. What nobody confirmed is audited like any
other, and nobody is mailed about it.
"""

from __future__ import annotations

from enum import StrEnum

from adapters.model import Profile
from audits.model import Account
from audits.text import host, in_domain

OFFICIAL = ("politie.nl",)


class Identity(StrEnum):
    """Who or what confirmed that an account is ours."""

    CONFIRMED_BY_PERSON = "confirmed_by_person"
    CONFIRMED_BY_LINKS = "confirmed_by_links"
    UNCONFIRMED = "unconfirmed"


def identity(account: Account, profile: Profile | None = None) -> Identity:
    """What confirms the account. Without a profile (`None`) or its links only a person can.

    A person confirms with the day (`confirmed_on`). Links confirm when the register names the page of politie.nl that
    names the account (`source_url`) and a link of the profile leads back to that site.
    """
    if account.confirmed_on:
        return Identity.CONFIRMED_BY_PERSON
    if _official(account.source_url) and any(map(_official, (profile.links if profile else None) or ())):
        return Identity.CONFIRMED_BY_LINKS
    return Identity.UNCONFIRMED


def may_be_mailed(account: Account, profile: Profile | None) -> bool:
    """Whether an administrator may be written to about this account: only when its identity is confirmed."""
    return identity(account, profile) is not Identity.UNCONFIRMED


def _official(address: str | None) -> bool:
    return address is not None and in_domain(host(address), OFFICIAL)
