from __future__ import annotations

import numpy as np
import pytest

from audits.logo.alignment import SIDES
from audits.logo.blocks import PARTS
from audits.logo.comparison import FRAMES
from audits.logo.edges import SIDE
from audits.logo.master import Master
from audits.logo.placement import views
from fixtures.logos.emblem import layout

MASTER = Master(layout("emblem-white", 256))


def test_a_master_has_what_every_size_class_and_side_asks_for():
    assert {least: own.side for least, own in MASTER.surfaces.items()} == FRAMES
    assert MASTER.structures.keys() == FRAMES.keys()
    assert {side: len(made.levels) for side, made in MASTER.patterns.items()} == {side: side**2 for side in SIDES}
    assert {side: len(made.levels) for side, made in MASTER.edge_patterns.items()} == {side: side**2 for side in SIDES}
    assert MASTER.edges.shape == (SIDE, SIDE)
    assert len(MASTER.table) == len(MASTER.edge_table) == len(views()[0])


def test_grey_and_edges_are_looked_up_in_tables_of_their_own():
    assert np.abs(MASTER.table - MASTER.edge_table).max() > 0.01
    assert MASTER.levels.shape == (256, 256, 3)


@pytest.mark.parametrize("least", FRAMES)
def test_every_structure_has_a_drawing_to_look_for(least):
    assert MASTER.structures[least].telling.shape == (PARTS * PARTS,)
    assert 10 < MASTER.structures[least].telling.sum() < PARTS * PARTS


def test_each_part_is_made_once():
    assert MASTER.surfaces is MASTER.surfaces
    assert MASTER.table is MASTER.table
