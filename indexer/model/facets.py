"""The table of facets. Everything about a facet is defined here, except how its values are extracted and shown.

These are derived from its rows: URL and API parameters, fields of the query language, command-line options, the order
of the facet boxes on a result page and which of them are folded, labels and messages, columns of exports, and the
lists in docs/query-language.md and docs/openapi.yaml (`make docs`). How the values of a facet are extracted and shown
is defined in indexer/entities/facets.py.

To add a facet:
 1. Add a row to FACETS.
 2. Add its extraction to VALUES in indexer/entities/facets.py, and its labels if its keys are not shown as they are.
 3. Increase `schema` in indexer/storage/index_folder.py.
 4. Run `make docs` and `make messages`. tests/model/test_facets.py names what is still missing.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.model.message import Message

ABOVE, BELOW = "above", "below"  # FacetSpec.place: facets of larger and of smaller places than a province


@dataclass(frozen=True, slots=True)
class FacetSpec:
    """A facet. An empty string means that the facet has no such name, option or column.

    name        its name in the index and in the JSON of results
    label       its name on the site
    help        its description in English, for the command line, the API and the docs
    parameter   its URL and API parameter; a facet with a parameter has a box on the result page
    option      its command-line option
    fields      its names in the query language, Vietnamese first ("tỉnh"); they can be typed without accents
    examples    queries with the field, the best one first
    hint        a description in Vietnamese for the help page, if the label does not say enough
    reader      how a typed value becomes keys: a row of FINDERS in indexer/search/query/values.py, or "years" or "days"
                for ranges; "" leaves it to bindings.py
    counted     whether a result counts its values
    folded      whether its box is closed until a value is chosen
    place       ABOVE or BELOW for places above or below the province; their boxes are shown only when useful
    translated  whether its values come from our own tables and are translated
    vietnamese  whether its values are Vietnamese names; pages in other languages mark them with lang="vi"
    column      its column in exported files; "" also if search_app/exports/results.py writes the column itself
    evidence    whether the article page lists its values with their evidence
    """

    name: str
    label: Message
    help: str
    parameter: str = ""
    option: str = ""
    fields: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    hint: str = ""
    reader: str = "same"
    counted: bool = True
    folded: bool = False
    place: str = ""
    translated: bool = False
    vietnamese: bool = False
    column: str = ""
    evidence: bool = False

    @property
    def described(self) -> str:
        """Label and help in one line, for the help of the command line and the API description."""
        return f"{self.label}: {self.help}"


# In the order of URL parameters, of the boxes on a page and of the command-line help.
FACETS = (
    FacetSpec(
        "zone", Message("Vùng"), "socio-economic region at publication, e.g. 'Tây Nguyên'",
        "zone", "--zone", ("vùng", "zone"), ('vùng:"Tây Nguyên"',), folded=True, place=ABOVE, translated=True),
    FacetSpec(
        "region", Message("Quân khu"), "military region, e.g. 'Quân khu 7' or 7",
        "region", "--military-region", ("quânkhu", "militaryregion"), ("quânkhu:7",), reader="regions",
        folded=True, place=ABOVE, translated=True),
    FacetSpec(
        "province", Message("Tỉnh, thành phố"), "province at publication, e.g. 'Kon Tum'",
        "province", "--province", ("tỉnh", "province"), ('tỉnh:"Kon Tum"', "tinh:kon tum"),
        hint=Message("theo tên lúc đăng bài"), reader="places"),
    FacetSpec(
        "now", Message("Tỉnh, thành phố hiện nay"),
        "present province, e.g. 'Quảng Ngãi'; a former name means what it became",
        "province_now", "--province-now", ("tỉnhnay", "provincenow"), ('tỉnhnay:"Quảng Ngãi"',),
        hint=Message("tên cũ là tỉnh, thành phố mà nơi ấy nay thuộc về"), reader="places", counted=False),
    FacetSpec(
        "district", Message("Huyện, quận, thị xã (đến 30/6/2025)"),
        "district, until June 2025, e.g. 'huyện Lạc Dương' or 'Châu Thành, Tiền Giang'",
        "district", "--district", ("huyện", "district"), ('huyện:"Lạc Dương"', 'huyen:"chau thanh, tien giang"'),
        reader="below", place=BELOW, vietnamese=True, evidence=True),
    FacetSpec(
        "commune", Message("Xã, phường, đặc khu (từ 1/7/2025)"),
        "commune, ward or special zone, since July 2025, e.g. 'xã Ia O' or 'phường Hồng Gai'",
        "commune", "--commune", ("xã", "phường", "commune"), ('xã:"Ia O"', 'phường:"Hồng Gai"'),
        reader="below", place=BELOW, vietnamese=True, evidence=True),
    FacetSpec(
        "year", Message("Năm đăng"), "year published",
        "year", "--year", ("năm", "year"), ("năm:2020..2023", "năm:2022", "năm:2020..", "năm:..2019"),
        reader="years"),
    FacetSpec(
        "topic", Message("Chủ đề"), "what it is about, e.g. 'tuyển quân'",
        "topic", "--topic", translated=True, column="topics", evidence=True),
    FacetSpec(
        "source", Message("Nguồn"),
        "newspaper, broadcaster or portal, by name or site, e.g. 'Báo Gia Lai' or baogialai.com.vn",
        "source", "--source", ("nguồn", "source"), ("nguồn:baokontum", 'nguồn:"Báo Gia Lai"'),
        hint=Message("báo, đài, cổng thông tin, theo một phần của tên hay địa chỉ"), reader="parts",
        folded=True, vietnamese=True, column="newspaper", evidence=True),
    FacetSpec(
        "official", Message("Cán bộ, lãnh đạo"), "an official, by any part of the name; a filter takes name or key",
        "official", "--official", ("người", "person"), ('người:"Ngọc Tuấn"',), reader="people"),
    FacetSpec(
        "post", Message("Chức vụ được nêu"), "a post named, e.g. 'Chỉ huy trưởng Bộ CHQS'; a field takes any spelling",
        "post", "--post", ("chức", "post"), ('chức:"CHT Bộ CHQS"',), reader="", folded=True, vietnamese=True),
    FacetSpec(
        "unit", Message("Cơ quan, đơn vị"),
        "a body or unit named, with its level and place, e.g. 'Bộ CHQS tỉnh Gia Lai' or 'Quân khu 7'",
        "unit", "--unit", ("đơnvị", "unit"), ('đơnvị:"Bộ CHQS tỉnh Gia Lai"', 'đơnvị:"Đồn Biên phòng"'),
        hint=Message("theo tên hay một phần của tên"), reader="parts", vietnamese=True, column="units", evidence=True),
    FacetSpec(
        "role", Message("Vai trò tại sự kiện"), "what an official did, e.g. 'chủ trì'",
        "role", "--role", folded=True, translated=True),
    FacetSpec(
        "class", Message("Khối của chức vụ"),
        "an official's post is of: Đảng, chính quyền, quân đội, biên phòng, công an, MTTQ và đoàn thể",
        "post_class", "--post-class", folded=True, translated=True),
    FacetSpec(
        "level", Message("Cấp của chức vụ"),
        "an official's post is of: trung ương, quân khu, tỉnh, huyện, khu vực, xã",
        "post_level", "--post-level", folded=True, translated=True),
    FacetSpec(
        "dated", Message("Năm suy ra"),
        "whether the date of publication is inferred from the text: no leaves such articles out",
        fields=("suyra", "inferred"), reader="dated",
        examples=("suyra:không", "suyra:có", "inferred:no", "inferred:yes"),
        hint=Message("“không” bỏ các bài có năm đăng suy ra từ nội dung, “có” chỉ lấy các bài ấy")),
    FacetSpec(
        "day", Message("Ngày đăng"), "the day published, from … to …, both included",
        fields=("ngày", "date"), reader="days", counted=False,
        examples=("ngày:2025-07-01..", "ngày:1/7/2025..30/9/2025", "ngày:2025-07"),
        hint=Message("từ … đến … (cả hai ngày), viết 2025-07-01 hay 1/7/2025; bài chỉ biết tháng hay năm đăng thì phải"
                     " trọn tháng, trọn năm ấy nằm trong khoảng")),
    FacetSpec(
        "about", Message("Năm được nói đến"), "a year the article is about",
        fields=("về", "about"), examples=("về:2023",), reader="years", counted=False),
)  # fmt: skip
BY_NAME = {spec.name: spec for spec in FACETS}
BY_PARAMETER = {spec.parameter: spec for spec in FACETS if spec.parameter}
