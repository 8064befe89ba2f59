SECRET = "ours"
