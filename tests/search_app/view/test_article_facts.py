"""An article page lists newspaper and units with the words they rest on, and each leads to the articles alike."""

import re


def test_units_and_newspaper_stand_with_their_evidence_and_lead_to_their_articles(client):
    html = client.get("/article/kontum/tuyen-quan").get_data(as_text=True)
    units = html.partition("<h3>Cơ quan, đơn vị</h3>")[2].partition("<h3>")[0]
    assert "Bộ CHQS tỉnh Kon Tum</a>" in units
    assert "họp bàn công tác tuyển quân năm 2022" in units
    assert "Báo Kon Tum</a>" in html.partition("<h3>Nguồn</h3>")[2].partition("<h3>")[0]
    [href] = re.findall(r'href="([^"]+)"[^>]*>Bộ CHQS tỉnh Kon Tum<', units)
    assert "tuyen-quan" in client.get(href.replace("&amp;", "&")).get_data(as_text=True)


def test_what_is_not_known_is_said_so(client):
    html = client.get("/article/khong-ngay").get_data(as_text=True)
    assert "chưa rõ</a>" in html.partition("<h3>Nguồn</h3>")[2].partition("<h3>")[0]
