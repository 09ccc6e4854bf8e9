"""The table of facets is the only place that spells a facet: every door names the same facets by the same words."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest
import yaml

from indexer.cli import parser
from indexer.entities.facets import VALUES, facet_keys
from indexer.model import Article, Entities
from indexer.model.facets import ABOVE, BELOW, BY_NAME, BY_PARAMETER, FACETS
from indexer.search import parameters
from indexer.search.parameters import FILTERS
from indexer.search.query.parser import parse
from indexer.search.query.tokens import FIELDS
from indexer.search.query.values import FINDERS
from indexer.search.saved_search import SavedSearch
from indexer.search.service import FACETS as COUNTED
from indexer.text import fold
from search_app.exports.results import COLUMNS
from search_app.i18n.language import ENGLISH

DOCS = Path(__file__).parents[2] / "docs"
each_facet = pytest.mark.parametrize("spec", FACETS, ids=lambda spec: spec.name)
each_parameter = pytest.mark.parametrize("spec", BY_PARAMETER.values(), ids=lambda spec: spec.name)
each_field = pytest.mark.parametrize("spec", [spec for spec in FACETS if spec.fields], ids=lambda spec: spec.name)

# What could be written in an address, on the command line and in a query before the table came, and what it asks.
PARAMETERS = {
    "zone": "zone", "region": "region", "province": "province", "province_now": "now", "district": "district",
    "commune": "commune", "year": "year", "topic": "topic", "official": "official", "post": "post", "role": "role",
    "post_class": "class", "post_level": "level",
}  # fmt: skip
OPTIONS = {
    "--province": "province", "--province-now": "now", "--district": "district", "--commune": "commune",
    "--zone": "zone", "--military-region": "region", "--year": "year", "--official": "official", "--topic": "topic",
    "--role": "role", "--post-class": "class", "--post-level": "level",
}  # fmt: skip
TYPED = {
    "province": "tỉnh tinh province", "now": "tỉnhnay tinhnay provincenow", "district": "huyện huyen district",
    "commune": "xã xa phường phuong commune", "zone": "vùng vung zone", "region": "quânkhu quankhu militaryregion",
    "year": "năm nam year", "day": "ngày ngay date", "about": "về ve about", "dated": "suyra inferred",
    "official": "người nguoi person", "post": "chức chuc post", "source": "nguồn nguon source",
    "title": "tít tit title",
}  # fmt: skip


def test_names_parameters_options_and_fields_are_one_facets_each():
    for said in ([spec.name for spec in FACETS], [spec.parameter for spec in FACETS if spec.parameter],
                 [spec.option for spec in FACETS if spec.option], [name for spec in FACETS for name in spec.fields],
                 [spec.label for spec in FACETS], [spec.column for spec in FACETS if spec.column]):
        assert len(said) == len(set(said))


def test_what_was_written_before_the_table_came_still_asks_the_same():
    assert PARAMETERS.items() <= FILTERS.items()
    assert OPTIONS.items() <= {spec.option: spec.name for spec in FACETS}.items()
    assert {name: facet for facet, names in TYPED.items() for name in names.split()}.items() <= FIELDS.items()


@each_facet
def test_a_row_says_only_what_its_readers_know(spec):
    assert spec.reader in {*FINDERS, "years", "days", ""}
    assert spec.place in {ABOVE, BELOW, ""}
    assert not (spec.translated and spec.vietnamese)
    assert bool(spec.fields) == bool(spec.examples)
    assert not spec.parameter or spec.option
    assert spec.evidence == (spec.name in VALUES)


@each_facet
def test_a_facet_is_called_by_its_label_in_english_too(spec):
    assert ENGLISH.say(spec.label) != spec.label
    assert not spec.hint or ENGLISH.say(spec.hint) != spec.hint


def test_every_facet_of_the_table_has_keys():
    assert set(BY_NAME) <= set(facet_keys(Entities(), Article("a", "a.txt", "", "")))


def test_a_page_and_an_address_have_the_order_of_the_table():
    assert [name for name, _ in COUNTED] == [spec.name for spec in FACETS if spec.counted]
    chosen = SavedSearch().changed(**{spec.parameter: ("x",) for spec in reversed(FACETS) if spec.parameter})
    assert [name for name, _ in chosen.pairs()] == [spec.parameter for spec in FACETS if spec.parameter]


@each_parameter
def test_site_and_api_take_the_parameter(spec):
    assert FILTERS[spec.parameter] == spec.name
    assert spec.parameter in parameters.PARAMETERS


@each_parameter
def test_the_command_line_says_what_the_table_says(spec):
    for command in ("search", "kwic"):
        [known] = [a.choices for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
        [option] = [a for a in known[command]._actions if a.dest == spec.name]
        assert option.option_strings == [spec.option]
        assert spec.described in option.help


@each_field
def test_every_spelling_of_a_field_asks_the_facet(spec):
    for name in (each for field in spec.fields for each in (field, fold(field), field.upper())):
        [node] = parse(f"{name}:2022").tree.nodes
        assert node.name == spec.name


@each_field
def test_the_examples_of_a_field_are_read_as_that_field(spec):
    for example in spec.examples:
        assert parse(example).tree.nodes[0].name == spec.name
        assert parse(example).unread == ()


@each_field
def test_the_papers_list_the_field_under_its_label(spec):
    rows = (DOCS / "query-language.md").read_text(encoding="utf-8").splitlines()
    [row] = [row for row in rows if row.startswith(f"| `{spec.fields[0]}:`")]
    assert f"| {spec.described} |" in row
    assert set(re.findall(r"`(\w+):`", row)) == {*spec.fields, *map(fold, spec.fields)}


@each_parameter
def test_the_description_of_the_api_names_the_parameter_by_its_label(spec):
    described = yaml.safe_load((DOCS / "openapi.yaml").read_text(encoding="utf-8"))
    parameter = described["components"]["parameters"][spec.parameter]
    assert parameter["name"] == spec.parameter
    assert parameter["description"].startswith(spec.described)
    reference = {"$ref": f"#/components/parameters/{spec.parameter}"}
    for path in ("/api/search", "/search.json"):
        assert reference in described["paths"][path]["get"]["parameters"]


@each_facet
def test_an_exported_column_has_its_place_in_the_file(spec):
    described = yaml.safe_load((DOCS / "openapi.yaml").read_text(encoding="utf-8"))["components"]["schemas"]
    assert not spec.column or (spec.column in COLUMNS and spec.column in described["Row"]["properties"])
