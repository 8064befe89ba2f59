def name():
    return "the suite's own app"
