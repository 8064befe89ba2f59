def fine(days, cents_a_day):
    if days < 0:
        raise ValueError(days)
    return min(days * cents_a_day, 5000)
