import os

RETRIES = 3
PRICES = {"tea": 2, "milk": 1}


def retries():
    return RETRIES


def region():
    return os.environ.get("SHOP_REGION", "unknown")
