"""The rules: what each needs to see, the shape of its parameters, and the function that judges."""

from __future__ import annotations

from audits.model import Rule
from audits.rules.area import area_matches
from audits.rules.bio import BioWords, Number, Phrases, bio_number, bio_phrases, bio_police, bio_present
from audits.rules.identity import (
    Observations,
    account_exists,
    account_public,
    goes_on,
    has_platform_id,
    identity_stable,
)
from audits.rules.imagery import (
    Avatars,
    Banners,
    Sizes,
    avatar_approved,
    avatar_not_default,
    avatar_readable,
    banner_approved,
    banners_matter,
)
from audits.rules.links import Domains, link_official, links_allowed
from audits.rules.naming import (
    DisplayWords,
    HandleWords,
    Nothing,
    display_name_area,
    display_name_police,
    handle_police_token,
    has_area,
)
from audits.rules.ornaments import Ornaments, name_ornaments
from audits.rules.person import PersonWords, name_person
from audits.rules.phones import Numbers, bio_phone_numbers, bio_service_number
from audits.rules.register import (
    Columns,
    Platforms,
    account_ended,
    account_unique,
    has_ended,
    platform_allowed,
    register_complete,
)

_NAMES = (
    Rule(
        id="handle-police-token",
        needs=frozenset({"handle"}),
        optional=frozenset({"display_name"}),
        parameters=HandleWords,
        check=handle_police_token,
    ),
    Rule(
        id="display-name-police",
        needs=frozenset({"display_name"}),
        parameters=DisplayWords,
        check=display_name_police,
    ),
    Rule(
        id="display-name-area",
        needs=frozenset({"display_name"}),
        parameters=Nothing,
        check=display_name_area,
        applies=has_area,
    ),
    Rule(id="name-ornaments", needs=frozenset({"display_name"}), parameters=Ornaments, check=name_ornaments),
    Rule(
        id="name-person",
        needs=frozenset({"display_name"}),
        optional=frozenset({"handle"}),
        parameters=PersonWords,
        check=name_person,
    ),
)
_BIO_AND_LINKS = (
    Rule(id="bio-present", needs=frozenset({"bio"}), parameters=Nothing, check=bio_present),
    Rule(id="bio-police", needs=frozenset({"bio"}), parameters=BioWords, check=bio_police),
    Rule(id="bio-emergency-line", needs=frozenset({"bio"}), parameters=Number, check=bio_number),
    Rule(id="bio-non-emergency-line", needs=frozenset({"bio"}), parameters=Number, check=bio_service_number),
    Rule(id="bio-no-reports", needs=frozenset({"bio"}), parameters=Phrases, check=bio_phrases),
    Rule(id="bio-phone-numbers", needs=frozenset({"bio"}), parameters=Numbers, check=bio_phone_numbers),
    Rule(
        id="links-allowed",
        needs=frozenset({"links"}),
        optional=frozenset({"bio"}),
        parameters=Domains,
        check=links_allowed,
    ),
    Rule(
        id="link-official",
        needs=frozenset({"links"}),
        optional=frozenset({"bio"}),
        parameters=Domains,
        check=link_official,
    ),
)
_IMAGERY = (
    Rule(
        id="avatar-approved",
        needs=frozenset({"logo"}),
        optional=frozenset({"avatar_is_default"}),
        parameters=Avatars,
        check=avatar_approved,
    ),
    Rule(
        id="avatar-not-default",
        needs=frozenset({"avatar_is_default"}),
        parameters=Nothing,
        check=avatar_not_default,
    ),
    Rule(id="avatar-readable", needs=frozenset({"logo"}), parameters=Sizes, check=avatar_readable),
    Rule(
        id="banner-approved",
        needs=frozenset({"banner"}),
        parameters=Banners,
        check=banner_approved,
        asks=banners_matter,
    ),
)
_IDENTITY = (
    Rule(
        id="account-exists",
        needs=frozenset({"outcome"}),
        parameters=Observations,
        check=account_exists,
        applies=goes_on,
    ),
    Rule(id="account-public", needs=frozenset({"private"}), parameters=Nothing, check=account_public),
    Rule(
        id="identity-stable",
        needs=frozenset({"handle"}),
        optional=frozenset({"platform_id"}),
        parameters=Nothing,
        check=identity_stable,
        applies=has_platform_id,
    ),
    Rule(
        id="area-matches",
        needs=frozenset({"display_name"}),
        optional=frozenset({"handle", "bio"}),
        parameters=Nothing,
        check=area_matches,
        applies=has_area,
    ),
    Rule(id="account-unique", needs=frozenset(), parameters=Nothing, check=account_unique),
    Rule(
        id="account-ended",
        needs=frozenset({"outcome"}),
        optional=frozenset({"platform_id"}),
        parameters=Nothing,
        check=account_ended,
        applies=has_ended,
    ),
    Rule(id="platform-allowed", needs=frozenset(), parameters=Platforms, check=platform_allowed),
    Rule(id="register-complete", needs=frozenset(), parameters=Columns, check=register_complete),
)
RULES: dict[str, Rule] = {rule.id: rule for rule in (*_NAMES, *_BIO_AND_LINKS, *_IMAGERY, *_IDENTITY)}
