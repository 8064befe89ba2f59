from .prices import price


def total(items):
    return sum(price(item) for item in items)
