"""Who fits a profile, by the words in it."""

import pytest

from abtest.matching import Fit, fit


@pytest.mark.parametrize(
    ("key", "value", "wanted", "fits"),
    [
        ("title", "VP of Sales", "Director or VP of Sales", True),
        ("title", "VP Sales", "Director or VP of Sales", True),
        ("title", "Senior Vice President, Inside Sales", "Director or VP of Sales", True),
        ("title", "Sales director", "Director or VP of Sales", True),
        ("title", "CFO", "Director or VP of Sales", False),
        ("title", "Sales representative", "Director or VP of Sales", False),
        ("title", "Owner", "Owners", True),
        ("industry", "saas", "Software (saas, data)", True),
        ("industry", "saas", "Software", True),
        ("industry", "Logistics companies", "logistics company", True),
        ("industry", "retail", "Logistics", False),
        ("location", "Denver, Colorado", "Colorado", True),
        ("location", "Denver, CO", "United States", True),
        ("location", "Chicago", "Boston and Chicago", True),
        ("location", "Paris", "Boston and Chicago", False),
        ("location", "Texas", " Any ", True),
        ("company_size", "51-200", "50 to 500 people", True),
        ("company_size", "1,000", "50 to 500 people", False),
    ],
)
def test_a_value_fits_by_the_words_of_the_profile(key, value, wanted, fits):
    assert (fit(key, wanted, value) is Fit.FITS) is fits


def test_an_empty_value_cannot_be_told():
    assert fit("title", "Director", " ") is Fit.UNKNOWN
