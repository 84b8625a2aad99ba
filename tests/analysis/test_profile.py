"""Who fits a profile, by the words in it."""

import pytest
from builders import cohort

from abtest.analysis.profile import asked, fits, sort, unnamed
from abtest.model import Profile


@pytest.mark.parametrize(
    ("value", "wanted", "fit"),
    [
        ("VP of Sales", "Director or VP of Sales", True),
        ("VP Sales", "Director or VP of Sales", True),
        ("director", "Director or VP of Sales", True),
        ("CFO", "Director or VP of Sales", False),
        ("saas", "Software (saas, data)", True),
        ("saas", "Software", False),
        ("Denver, Colorado", "Colorado", True),
        ("Chicago", "Boston and Chicago", True),
        ("Texas", "any", True),
        ("Texas", " Any ", True),
        ("Logistics companies", "logistics company", False),
        ("Owner", "Owners", True),
        ("the of", "Director", True),
    ],
)
def test_a_value_fits_when_its_words_stand_in_the_profile(value, wanted, fit):
    assert fits(value, wanted) is fit


def test_any_asks_for_nothing():
    profile = Profile("any", "Chicago", "VP of Operations", {"company_size": "50 to 500"})
    assert asked(profile) == {
        "location": "Chicago",
        "title": "VP of Operations",
        "company_size": "50 to 500",
    }


def test_one_wrong_value_is_a_misfit_and_no_value_is_unknown():
    wanted = {"industry": "Logistics", "title": "VP of Operations"}
    found = sort(
        [
            cohort(0, 10, 1, industry="logistics", title="VP Operations"),
            cohort(1, 20, 1, industry="logistics"),
            cohort(2, 30, 1, industry="retail", title="VP Operations"),
            cohort(3, 40, 1, batch="spring"),
        ],
        wanted,
    )
    assert [c.sent for c in found.fit] == [10, 20]
    assert [c.sent for c in found.misfit] == [30]
    assert [c.sent for c in found.unknown] == [40]
    assert found.misfits == {("industry", "retail"): 30}


def test_a_profile_that_names_no_value_of_the_rows_condemns_nobody():
    rows = [cohort(0, 10, 1, industry="saas"), cohort(1, 10, 1, industry="data")]
    assert unnamed(rows, Profile("Software firms", "any", "any")) == ("industry",)
    assert unnamed(rows, Profile("Software (saas)", "any", "any")) == ()
    assert unnamed([cohort(0, 10, 1)], Profile("Software firms", "any", "any")) == ()
