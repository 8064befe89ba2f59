import warnings


def price():
    return 3


def old_price():
    warnings.warn("use price()", DeprecationWarning, stacklevel=2)
    return price()
