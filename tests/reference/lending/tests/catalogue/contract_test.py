import catalogue


def test_a_new_catalogue_is_empty():
    assert catalogue.all_books() == []
