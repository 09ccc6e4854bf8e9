"""Posts at bodies that were replaced: the other post is offered beside the one asked for or chosen."""

import json

import pytest

from indexer.entities.words import rows
from indexer.ingest.run import build
from indexer.search.query.successors import other_keys
from indexer.search.service import search
from indexer.storage.index_folder import open_engine

NEWS = {
    "truoc": ("2023-03-01", "Trung tá Lê Văn Ba, Chỉ huy trưởng Ban CHQS huyện Đô Lương, tỉnh Nghệ An chủ trì."),
    "sau": ("2026-03-01", "Trung tá Vũ Văn Tư, Chỉ huy trưởng Ban Chỉ huy phòng thủ khu vực, tỉnh Nghệ An chủ trì."),
    "bien-phong": ("2023-03-01", "Đại tá Hồ Văn Năm, Chính ủy Bộ Chỉ huy BĐBP tỉnh Nghệ An dự."),
    "bien-phong-sau": ("2026-03-01", "Đại tá Hồ Văn Sáu, Chính ủy Ban Chỉ huy BĐBP tỉnh Nghệ An dự."),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("successors")
    lines = [json.dumps({"id": id, "title": "Tin", "text": text, "date": day}, ensure_ascii=False)
             for id, (day, text) in NEWS.items()]
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    build(folder / "index", [str(folder / "a.jsonl")], default_path=str(folder), workers=1)
    return open_engine(folder / "index")


OFFERED = [
    # what is asked or chosen, the chip, and the articles it leads to
    ('chức:"CHT Ban CHQS huyện"', {}, "Gộp cả Chỉ huy trưởng Ban Chỉ huy phòng thủ khu vực từ 1/7/2025 (+1)",
     {"truoc", "sau"}),
    ('chức:"Chỉ huy trưởng Ban Chỉ huy phòng thủ khu vực" tỉnh:"Nghệ An"', {},
     "Gộp cả Chỉ huy trưởng Ban CHQS (huyện) trước 1/7/2025 (+1)", {"truoc", "sau"}),
    ('chức:"chính ủy Bộ Chỉ huy BĐBP"', {}, "Gộp cả Chính ủy Ban Chỉ huy BĐBP từ 1/7/2025 (+1)",
     {"bien-phong", "bien-phong-sau"}),
    ("", {"post": ["Chỉ huy trưởng|Ban CHQS|huyện"]},
     "Gộp cả Chỉ huy trưởng Ban Chỉ huy phòng thủ khu vực từ 1/7/2025 (+1)", {"truoc", "sau"}),
    ("", {"post": ["Chính ủy|Ban Chỉ huy BĐBP|tỉnh"]},
     "Gộp cả Chính ủy Bộ Chỉ huy BĐBP trước 1/7/2025 (+1)", {"bien-phong", "bien-phong-sau"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "filters", "label", "ids"), OFFERED)
def test_the_post_of_the_other_body_is_offered_and_leads_to_both(engine, text, filters, label, ids):
    found = search(engine, text, filters=filters)
    assert found.total == 1
    (offer,) = [offer for offer in found.offers if offer.label == label]
    wider = search(engine, offer.text, filters=filters | offer.filters)
    assert {hit.entry.id for hit in wider.hits} == ids


NOT_OFFERED = [
    ('chức:"Chỉ huy trưởng Ban CHQS huyện Đô Lương"', {}),  # which region's command took its place?
    ('chức:"Chỉ huy trưởng Bộ CHQS"', {}),
    ("", {"post": ["Chỉ huy trưởng|Ban CHQS|xã"]}),
    ("", {"post": ["Chỉ huy trưởng|Ban CHQS|huyện", "Chỉ huy trưởng|Ban Chỉ huy phòng thủ khu vực|khu vực"]}),
]


@pytest.mark.parametrize(("text", "filters"), NOT_OFFERED)
def test_nothing_is_offered_for_other_posts_or_for_what_is_chosen_already(engine, text, filters):
    assert [offer.label for offer in search(engine, text, filters=filters).offers] == []


def test_a_chosen_post_at_every_replaced_body_has_its_other():
    for row in rows("units.csv"):
        if row["successor"] and row["until"] and not row["place"]:
            (_, key), *_ = other_keys(f"Chính ủy|{row['body']}|{row['level']}")
            assert key == f"Chính ủy|{row['successor']}|{row['successor_level']}"
