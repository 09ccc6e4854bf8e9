"""On every page a facet is called by the label of the table, and its values lead where they say."""

import re

import pytest

from indexer.model.facets import BY_NAME, BY_PARAMETER, FACETS


@pytest.mark.parametrize("spec", BY_PARAMETER.values(), ids=lambda spec: spec.name)
def test_the_page_of_a_facet_bears_its_label(client, spec):
    html = client.get(f"/facet/{spec.parameter}").get_data(as_text=True)
    assert f"<h1>{spec.label}</h1>" in html


def test_boxes_stand_in_the_order_of_the_table_under_its_labels(client):
    html = client.get("/search?q=qu%C3%A2n").get_data(as_text=True)
    shown = re.findall(r"<legend[^>]*>([^<]+)</legend>", html)
    assert shown
    assert shown == [*[spec.label for spec in FACETS if spec.label in shown and spec.parameter], BY_NAME["day"].label]


@pytest.mark.parametrize("spec", BY_PARAMETER.values(), ids=lambda spec: spec.name)
def test_a_chosen_value_and_the_way_out_of_it_bear_the_label(client, spec):
    html = client.get("/search", query_string={spec.parameter: "Zz"}).get_data(as_text=True)
    assert f"{spec.label}: Zz" in html
    assert f"Bỏ lọc {spec.label}" in html


@pytest.mark.parametrize("spec", [spec for spec in FACETS if spec.fields], ids=lambda spec: spec.name)
def test_the_help_page_lists_every_field_by_its_label(client, spec):
    html = client.get("/help").get_data(as_text=True)
    assert f"<b>{spec.fields[0]}:</b> {spec.label}" in html


def test_the_help_page_lists_every_parameter(client):
    html = client.get("/help").get_data(as_text=True)
    assert [name for name in BY_PARAMETER if f"<code>{name}</code>" not in html] == []
