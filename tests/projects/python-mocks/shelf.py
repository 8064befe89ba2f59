"""What the tests of mocks replace."""


class Shelf:
    def __init__(self, size: int):
        self.size = size
        self.items: list[str] = []

    def put(self, item: str) -> int:
        if len(self.items) == self.size:
            raise OverflowError(item)
        self.items.append(item)
        return len(self.items)


def fill(shelf: Shelf, items: list[str]) -> int:
    return max((shelf.put(item) for item in items), default=0)


def kind_of_shelf() -> type[Shelf]:
    """A class of its own for each call."""

    class Small(Shelf):
        def put(self, item: str) -> int:
            return super().put(item.lower())

    return Small
