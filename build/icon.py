"""Draws icon.png: a small graph on a dark tile, its newest fact alight. Run it after a change; Python, no dependencies."""

import math
import struct
import sys
import zlib

SIZE = 512
CORNER = 96
TILE = (24, 34, 56)
LINK = (116, 134, 172)
NODE = (226, 232, 244)
NEWEST = (255, 176, 58)

# In tenths of the tile: where each node lies, and how large it is.
NODES = [(2.6, 6.9, 0.85), (5.0, 2.7, 1.0), (5.9, 6.2, 0.7), (7.7, 4.1, 1.15)]
LINKS = [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)]


def coverage(distance):
    """How much of a pixel lies within an edge that is so far away: soft over one pixel."""
    return min(1.0, max(0.0, 0.5 - distance))


def to_tile(x, y):
    inner = SIZE / 2 - CORNER
    dx, dy = abs(x - SIZE / 2) - inner, abs(y - SIZE / 2) - inner
    return math.hypot(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - CORNER


def to_link(x, y, start, end):
    (ax, ay, _), (bx, by, _) = start, end
    along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
    along = min(1.0, max(0.0, along))
    return math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)) - SIZE / 60


def over(colour, paint, share):
    return tuple(round(below + (above - below) * share) for below, above in zip(colour, paint))


def pixel(x, y, nodes):
    colour = TILE
    for start, end in LINKS:
        colour = over(colour, LINK, coverage(to_link(x, y, nodes[start], nodes[end])))

    for node in nodes:
        paint = NEWEST if node is nodes[-1] else NODE
        colour = over(colour, paint, coverage(math.hypot(x - node[0], y - node[1]) - node[2]))

    return (*colour, round(255 * coverage(to_tile(x, y))))


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def main():
    nodes = [tuple(part * SIZE / 10 for part in node) for node in NODES]
    rows = bytearray()
    for y in range(SIZE):
        rows.append(0)
        for x in range(SIZE):
            rows += bytes(pixel(x + 0.5, y + 0.5, nodes))

    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
    with open(sys.argv[1], "wb") as png:
        png.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + chunk(b"IEND", b""))


if __name__ == "__main__":
    main()
