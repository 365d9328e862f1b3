import asyncio
from itertools import pairwise
from time import monotonic

import pytest

from crawler.net.pace import BREAKS_AFTER, Broken, Gate, Paused


async def test_never_more_at_once_than_the_gate_allows():
    gate, inside, most = Gate(0, 3), 0, 0

    async def pass_through():
        nonlocal inside, most
        async with gate.passage():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.005)
            inside -= 1

    await asyncio.gather(*(pass_through() for _ in range(12)))
    assert most == 3


async def test_slots_are_handed_out_at_the_rate_that_was_set():
    gate, moments = Gate(50, 10), []

    async def pass_through():
        async with gate.passage():
            moments.append(monotonic())

    await asyncio.gather(*(pass_through() for _ in range(6)))
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert min(gaps) > 0.005
    assert moments[-1] - moments[0] >= 0.09


async def test_a_pause_holds_everybody_back_until_it_is_over():
    gate = Gate(0, 10)
    gate.close_for(0.1)
    began = monotonic()
    async with gate.passage():
        pass
    assert monotonic() - began >= 0.09


async def test_a_pause_beyond_all_patience_is_not_waited_for():
    gate = Gate(0, 1, patience=1.0)
    gate.close_for(900)
    with pytest.raises(Paused):
        async with gate.passage():
            raise AssertionError("nobody may pass")


async def test_a_pause_that_begins_while_one_waits_for_a_slot_holds_him_back():
    gate = Gate(20, 5)
    async with gate.passage():
        pass
    waiting = asyncio.create_task(passed(gate))
    await asyncio.sleep(0.01)
    gate.close_for(0.2)
    began = monotonic()
    await waiting
    assert monotonic() - began >= 0.18


async def passed(gate):
    async with gate.passage():
        pass


async def test_the_breaker_opens_after_failures_in_a_row():
    gate = Gate(0, 1)
    for _ in range(BREAKS_AFTER):
        gate.failed()
    with pytest.raises(Broken):
        async with gate.passage():
            raise AssertionError("nobody may pass")


async def test_one_success_keeps_the_breaker_closed():
    gate = Gate(0, 1)
    for _ in range(BREAKS_AFTER - 1):
        gate.failed()
    gate.succeeded()
    gate.failed()
    async with gate.passage():
        passed = True
    assert passed
