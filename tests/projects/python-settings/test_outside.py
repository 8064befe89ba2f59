def check_outside_of_testpaths():
    assert False
