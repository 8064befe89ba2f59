def waiting():
    return ["ada"]
