def test_fixture_is_overridden(currency):
    assert currency == "inner EUR"


def test_autouse_of_the_folder(request):
    assert ("inner", True) in request.node.user_properties
