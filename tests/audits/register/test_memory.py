"""What a cell says is worked out once for all cells that are alike."""

from __future__ import annotations

from audits.register.memory import CELLS, LENGTH, remembered


def test_cells_that_are_alike_are_read_once_and_give_the_very_same_value():
    read: list[str] = []

    @remembered
    def parts(text: str) -> tuple[str, ...]:
        read.append(text)
        return tuple(text.split())

    first, second = parts("een twee"), parts(" ".join(["een", "twee"]))
    assert first == ("een", "twee")
    assert first is second
    assert read == ["een twee"]


def test_a_long_cell_is_read_each_time_and_never_kept():
    read: list[int] = []

    @remembered
    def length(text: str) -> int:
        read.append(len(text))
        return len(text)

    assert [length("x" * (LENGTH + 1)) for _ in range(2)] == [LENGTH + 1] * 2
    assert read == [LENGTH + 1] * 2


def test_only_so_many_cells_are_kept():
    read: list[str] = []

    @remembered
    def same(text: str) -> str:
        read.append(text)
        return text

    for number in (*range(CELLS + 1), 0):
        assert same(str(number)) == str(number)
    assert read.count("0") == 2
