from shop import api
from shop.prices import price

from . import support


def test_package_of_the_root():
    assert api.total([support.ITEM]) == price(support.ITEM)
