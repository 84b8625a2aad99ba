"""Whose rows fit a profile."""

from builders import cohort

from abtest.analysis.profile import asked, sort, unnamed
from abtest.model import Profile


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
    rows = [cohort(0, 10, 1, industry="billing"), cohort(1, 10, 1, industry="saas")]
    assert unnamed(rows, Profile("Cloud vendors", "any", "any")) == ("industry",)
    assert unnamed(rows, Profile("Software (saas)", "any", "any")) == ()
    assert unnamed([cohort(0, 10, 1)], Profile("Cloud vendors", "any", "any")) == ()
