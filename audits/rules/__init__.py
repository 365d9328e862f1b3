"""The rules: what each needs to see, the shape of its parameters, and the function that judges."""

from __future__ import annotations

from audits.model import Rule
from audits.rules.bio import Domains, Number, Phrases, bio_number, bio_phrases, links_allowed
from audits.rules.identity import (
    Observations,
    account_exists,
    account_public,
    has_platform_id,
    identity_stable,
)
from audits.rules.imagery import avatar_approved, avatar_not_default
from audits.rules.naming import (
    DisplayWords,
    HandleWords,
    Nothing,
    display_name_area,
    display_name_police,
    handle_police_token,
    has_area,
)

RULES: dict[str, Rule] = {
    "handle-police-token": Rule(
        id="handle-police-token",
        needs=frozenset({"handle"}),
        optional=frozenset({"display_name"}),
        parameters=HandleWords,
        check=handle_police_token,
    ),
    "display-name-police": Rule(
        id="display-name-police",
        needs=frozenset({"display_name"}),
        parameters=DisplayWords,
        check=display_name_police,
    ),
    "display-name-area": Rule(
        id="display-name-area",
        needs=frozenset({"display_name"}),
        parameters=Nothing,
        check=display_name_area,
        applies=has_area,
    ),
    "bio-emergency-line": Rule(
        id="bio-emergency-line",
        needs=frozenset({"bio"}),
        parameters=Number,
        check=bio_number,
    ),
    "bio-no-reports": Rule(
        id="bio-no-reports",
        needs=frozenset({"bio"}),
        parameters=Phrases,
        check=bio_phrases,
    ),
    "links-allowed": Rule(
        id="links-allowed",
        needs=frozenset({"links"}),
        optional=frozenset({"bio"}),
        parameters=Domains,
        check=links_allowed,
    ),
    "avatar-approved": Rule(
        id="avatar-approved",
        needs=frozenset({"logo"}),
        optional=frozenset({"avatar_is_default"}),
        parameters=Nothing,
        check=avatar_approved,
    ),
    "avatar-not-default": Rule(
        id="avatar-not-default",
        needs=frozenset({"avatar_is_default"}),
        parameters=Nothing,
        check=avatar_not_default,
    ),
    "account-exists": Rule(
        id="account-exists",
        needs=frozenset({"outcome"}),
        parameters=Observations,
        check=account_exists,
    ),
    "account-public": Rule(
        id="account-public",
        needs=frozenset({"private"}),
        parameters=Nothing,
        check=account_public,
    ),
    "identity-stable": Rule(
        id="identity-stable",
        needs=frozenset({"handle"}),
        optional=frozenset({"platform_id"}),
        parameters=Nothing,
        check=identity_stable,
        applies=has_platform_id,
    ),
}
