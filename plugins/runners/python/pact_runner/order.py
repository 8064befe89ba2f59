"""The order of tests where the host asks for another one than that of the files."""

import random


def shuffled(items: list, seed: int) -> list:
    """The items in an order drawn from a seed. What belongs together stays together: the tests of a folder, a file, a class.

    So the fixtures of a file or a class are still set up once.
    """
    draw = random.Random(seed)
    return _shuffled([(item, item.listchain()) for item in items], 1, draw)


def _shuffled(chains: list, depth: int, draw: random.Random) -> list:
    groups: dict[object, list] = {}
    for item, chain in chains:
        groups.setdefault(chain[depth], []).append((item, chain))
    order = list(groups)
    draw.shuffle(order)
    result = []
    for node in order:
        inner = groups[node]
        result.extend([inner[0][0]] if inner[0][0] is node else _shuffled(inner, depth + 1, draw))
    return result
