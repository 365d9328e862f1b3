"""What is seen of a workbook before anything parses it: whether its formulas kept their values."""

from __future__ import annotations

import pytest

from audits.register.archive import weigh
from tests.audits.register.workbooks import NAMES, PLAIN, changed, sheet_of, workbook


def unkept(*cells: str) -> bool:
    rows = "".join(f'<row r="{number}">{cell}</row>' for number, cell in enumerate(cells, start=1))
    book = changed(workbook(blad=PLAIN), sheet=sheet_of(f"<sheetData>{rows}</sheetData>"))
    return weigh(book)[NAMES["sheet"]].unkept


@pytest.mark.parametrize(
    "cell",
    [
        "<c><v>1</v></c>",
        '<c t="str"><f>"POL_"&amp;A1</f><v>POL_Ede</v></c>',
        '<c><f t="shared" si="0"/><v>5</v></c>',
        '<x:c><x:f>A1</x:f><x:v xml:space="preserve"> 5</x:v></x:c>',
    ],
)
def test_formulas_that_kept_their_values_need_no_second_look(cell):
    assert not unkept(cell, cell)
    assert not unkept(*[cell] * 50_000)


@pytest.mark.parametrize(
    "cell",
    [
        "<c><f>A1</f></c>",
        "<c><f>A1</f><v/></c>",
        "<c><f>A1</f><v></v></c>",
        "<c><f>A1</f>\n <v> </v></c>",
        '<c><f t="shared" si="0"/></c>',
        "<x:c><x:f>A1</x:f><x:v /></x:c>",
    ],
)
def test_one_formula_without_a_value_is_found_wherever_it_stands(cell):
    assert unkept(cell)
    assert unkept(*["<c><f>A1</f><v>1</v></c>"] * 50_000, cell, "<c><v>1</v></c>")
