LIMIT = 10


class Stack:
    def __init__(self):
        self._items = []
        self._listeners = []

    def __len__(self):
        return len(self._items)

    def listen(self, listener):
        self._listeners.append(listener)

    def push(self, item):
        if len(self._items) >= LIMIT:
            raise OverflowError("full")
        self._items.append(item)
        for listener in self._listeners:
            listener(item)

    def pop(self):
        if not self._items:
            raise IndexError("the stack is empty")
        return self._items.pop()
