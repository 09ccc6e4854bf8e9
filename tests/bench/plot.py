"""A plot of lines on two logarithmic axes, as SVG that reads on light and dark pages; no library draws so little."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 420, 60, 130, 20, 50
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")  # Okabe and Ito's: told apart by everyone
DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 4", "12 4")
STYLE = "text{font:12px sans-serif;fill:#767676}path,line{fill:none}.grid{stroke:#9e9e9e;stroke-width:.5}"


@dataclass(frozen=True, slots=True)
class Line:
    """A name, and points from left to right; all values above zero."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Axis:
    """A logarithmic axis: the place on the drawing of each value between two powers of ten."""

    low: int
    high: int
    start: float
    end: float

    def place(self, value: float) -> float:
        return round(self.start + (self.end - self.start) * (log10(value) - self.low) / (self.high - self.low), 1)

    def marks(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def drawing(lines: Sequence[Line], across: str, up: str) -> str:
    """The SVG of `lines`, with what its axes measure."""
    x = axis([at for line in lines for at, _ in line.points], LEFT, WIDTH - RIGHT)
    y = axis([value for line in lines for _, value in line.points], HEIGHT - BOTTOM, TOP)
    parts = [*frame(x, y, across, up), *curves(lines, x, y)]
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
            f' aria-label="{escape(up)} by {escape(across)}"><style>{STYLE}</style>')
    return "\n".join([head, *parts, "</svg>\n"])


def axis(values: Sequence[float], start: float, end: float) -> Axis:
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return Axis(low, max(high, low + 1), start, end)


def frame(x: Axis, y: Axis, across: str, up: str) -> Iterator[str]:
    """Grid lines with their values, and the names of the axes."""
    for value in x.marks():
        at = x.place(value)
        yield f'<line class="grid" x1="{at}" y1="{y.start}" x2="{at}" y2="{y.end}"/>'
        yield f'<text x="{at}" y="{y.start + 18}" text-anchor="middle">{value:,.0f}</text>'
    for value in y.marks():
        at = y.place(value)
        yield f'<line class="grid" x1="{x.start}" y1="{at}" x2="{x.end}" y2="{at}"/>'
        yield f'<text x="{x.start - 6}" y="{at + 4}" text-anchor="end">{value:g}</text>'
    yield f'<text x="{(x.start + x.end) / 2}" y="{HEIGHT - 10}" text-anchor="middle">{escape(across)}</text>'
    middle = (y.start + y.end) / 2
    yield f'<text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">{escape(up)}</text>'


def curves(lines: Sequence[Line], x: Axis, y: Axis) -> Iterator[str]:
    """Each line with its points, and its name at a place of its own to the right, highest line first."""
    order = sorted(range(len(lines)), key=lambda number: -lines[number].points[-1][1])
    for row, number in enumerate(order):
        line, colour = lines[number], COLOURS[number % len(COLOURS)]
        spots = [(x.place(at), y.place(value)) for at, value in line.points]
        path = "M" + "L".join(f"{left} {top}" for left, top in spots)
        dash = DASHES[number % len(DASHES)]
        yield f'<path d="{path}" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash or "none"}"/>'
        yield from (f'<circle cx="{left}" cy="{top}" r="3" fill="{colour}"/>' for left, top in spots)
        top = TOP + 16 + 18 * row
        yield (f'<path d="M{x.end + 10} {top}h22" stroke="{colour}" stroke-width="2"'
               f' stroke-dasharray="{dash or "none"}"/><text x="{x.end + 38}" y="{top + 4}">{escape(line.name)}</text>')
