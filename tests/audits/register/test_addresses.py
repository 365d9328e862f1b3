"""Handles and addresses as people type them: mended when they can mean one thing only, refused when they mean none."""

from __future__ import annotations

import pytest

from audits.register import read_csv


def register(*rows: str, headings: str):
    return read_csv("\r\n".join((headings, *rows)).encode())


HANDLES = [
    ("x,POL_Zwolle", "x:pol_zwolle", []),
    ("x,@POL_Zwolle", "x:pol_zwolle", ["at_sign"]),
    ("Twitter, POL_Zwolle ", "x:pol_zwolle", ["blanks"]),
    ("x,• POL_Zwolle", "x:pol_zwolle", ["bullets"]),
    ("x,'@POL_Zwolle", "x:pol_zwolle", ["apostrophe", "at_sign"]),
    ("x,POL_\u200bZwolle", "x:pol_zwolle", ["invisible"]),
    ("x,https://twitter.com/POL_Zwolle", "x:pol_zwolle", ["address_as_handle"]),
    (",https://www.twitter.nl/POL_Zwolle", "x:pol_zwolle", ["host", "address_as_handle"]),
    (",https://www/twitter.com/POL_Zwolle", "x:pol_zwolle", ["host", "address_as_handle"]),
    (",https://www/twitter/POL_Zwolle", "x:pol_zwolle", ["host", "address_as_handle"]),
    (",https://mobile.twitter.com/POL_Zwolle/", "x:pol_zwolle", ["host", "slash", "address_as_handle"]),
    (",x.com/POL_Zwolle?s=20", "x:pol_zwolle", ["parameters", "address_as_handle"]),
    (",https://twitter.com/#!/POL_Zwolle", "x:pol_zwolle", ["address_as_handle"]),
    (",https://twitter.com/intent/user?screen_name=POL_Zwolle", "x:pol_zwolle", ["address_as_handle"]),
    (
        ",https://www.instagram.com/wijkagent_goes/?hl=nl",
        "instagram:wijkagent_goes",
        ["parameters", "slash", "address_as_handle"],
    ),
    (",https://nl-nl.facebook.com/PolitieEde", "facebook:politieede", ["host", "address_as_handle"]),
    (
        ",https://www.facebook.com/ Politie-Montferland/",
        "facebook:politie-montferland",
        ["blanks", "slash", "address_as_handle"],
    ),
    (
        ",https://•\thttps://www.facebook.com/politiedoetinchem",
        "facebook:politiedoetinchem",
        ["bullets", "address_as_handle"],
    ),
    (",https://www.facebook.com/profile.php?id=100064", "facebook:100064", ["id_as_handle", "address_as_handle"]),
    (",https://www.facebook.com/pages/Politie-Ede/1234567890", "facebook:1234567890", ["address_as_handle"]),
    (",https://www.youtube.com/@politie", "youtube:politie", ["address_as_handle"]),
    (",https://www.threads.net/%40politie", "threads:politie", ["address_as_handle"]),
    ("instagram,politie.zwolle", "instagram:politie.zwolle", []),
]


@pytest.mark.parametrize(("cells", "account_id", "repairs"), HANDLES)
def test_a_handle_or_address_is_cleaned_and_every_repair_is_said(cells, account_id, repairs):
    found = register(cells, headings="platform,handle")
    assert [account.account_id for account in found.accounts] == [account_id]
    assert sorted(remark.reason for remark in found.repairs) == sorted(repairs)
    assert not found.refusals
    assert not found.conflicts


REFUSED = [
    ("x,null,", "null_word"),
    ("x,n.v.t.,", "null_word"),
    ("x,,", "empty"),
    ("x,@,", "invalid_handle"),
    ("x,POL Zwolle,", "invalid_handle"),
    ("x,politie_met_een_te_lange_naam,", "invalid_handle"),
    ("x,politie.zwolle,", "invalid_handle"),
    ("instagram,politie..zwolle,", "invalid_handle"),
    ("instagram,pol=ede,", "invalid_handle"),
    ("x,<script>alert(1)</script>,", "not_an_address"),
    (",POL_Zwolle,", "no_platform"),
    ("hyves,POL_Zwolle,", "unknown_platform"),
    ("instagram,,https://x.com/POL_Zwolle", "platform_and_address"),
    (",,https://politie.nl/zwolle", "not_a_profile"),
    (",,https://x.com.example/POL_Zwolle", "not_a_profile"),
    (",,https://x.com/", "not_a_profile"),
    (",,https://x.com/search?q=politie", "not_a_profile"),
    (",,https://www.instagram.com/p/Cabc/", "not_a_profile"),
    (",,https://www.youtube.com/watch?v=1", "not_a_profile"),
    (",,https://", "not_an_address"),
    (f"x,{'a' * 600},", "not_an_address"),
    ("x,POL_Zwolle,,te,veel", "too_many_cells"),
]


@pytest.mark.parametrize(("cells", "reason"), REFUSED)
def test_a_row_that_names_no_account_is_refused_with_its_number_and_reason(cells, reason):
    found = register("x,POL_Goed,", cells, headings="platform,handle,url")
    assert [account.handle for account in found.accounts] == ["POL_Goed"]
    assert [(remark.row, remark.reason) for remark in found.refusals] == [(3, reason)]
