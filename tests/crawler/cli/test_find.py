"""The account that a person means on the command line."""

from __future__ import annotations

import pytest

from adapters.model import Platform
from audits.model import Account
from crawler.cli.audit import find

PAGE = Account(account_id="A1", platform=Platform.FACEBOOK, handle="Politie.Dam")
PHOTOS = Account(account_id="A2", platform=Platform.INSTAGRAM, handle="politie.dam")


@pytest.mark.parametrize(
    ("target", "account_id"),
    [
        ("A2", "A2"),
        ("facebook:politie.dam", "A1"),
        ("facebook:PolitieDam", "A1"),
        ("https://www.facebook.com/politiedam", "A1"),
        ("instagram:Politie.Dam", "A2"),
        ("instagram:politiedam", "instagram:politiedam"),
        ("facebook:politie-dam", "facebook:politie-dam"),
    ],
)
def test_an_account_is_found_as_its_platform_compares_names(target, account_id):
    assert find(target, (PAGE, PHOTOS)).account_id == account_id
