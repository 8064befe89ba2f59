import surely_not_installed


def convert(amount):
    return surely_not_installed.rate() * amount
