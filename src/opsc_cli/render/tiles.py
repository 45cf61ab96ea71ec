"""Where each State has its square on the map: our own arrangement, which keeps neighbours near, not shapes or sizes."""

from collections.abc import Mapping

_WORLD = """
 .   .   .   .   .   .   .   .   .  ISL  .   .   .  NOR SWE FIN
 .   .   .   .   .   .   .   .   .   .   .   .   .   .   .  EST
 .   .   .   .   .   .   .   .   .  IRL GBR  .  NLD DNK  .  LVA RUS
 .  CAN  .   .   .   .   .   .   .   .   .  BEL LUX DEU POL LTU BLR
 .  USA  .   .   .   .   .   .   .   .   .  FRA CHE LIE CZE SVK UKR
MEX  .   .   .  BHS  .   .   .   .   .  AND MCO  .  AUT HUN ROU MDA  .   .   .  KAZ
GTM BLZ  .  CUB  .   .   .   .   .  PRT ESP ITA SMR SVN HRV SRB BGR  .  GEO  .  UZB KGZ MNG
SLV HND  .  JAM HTI DOM KNA ATG  .   .   .  VAT  .  BIH MNE MKD  .  TUR ARM AZE TKM TJK CHN  .  PRK
 .  NIC  .   .   .   .  DMA LCA  .   .   .   .  MLT  .  ALB GRC CYP LBN SYR IRQ IRN AFG  .   .  KOR  .  JPN
 .  CRI  .   .   .   .  VCT BRB  .  CPV  .  MAR DZA TUN LBY EGY ISR PSE JOR KWT BHR PAK NPL BTN
 .  PAN  .   .   .  TTO GRD  .  GMB SEN MRT MLI BFA NER TCD SDN ERI  .  SAU QAT ARE  .  IND BGD MMR LAO VNM
 .   .  COL VEN GUY SUR  .  GNB GIN CIV GHA TGO BEN NGA CAF SSD ETH DJI  .  YEM OMN  .   .   .  THA KHM  .  PHL
 .   .  ECU PER BRA  .   .   .  SLE LBR  .   .  GNQ CMR COG UGA KEN SOM  .   .   .  MDV  .  LKA MYS BRN  .  PLW FSM MHL
 .   .   .  BOL PRY  .   .   .   .   .   .   .  STP GAB COD RWA TZA  .  SYC  .   .   .   .   .  SGP IDN TLS PNG NRU KIR
 .   .  CHL ARG URY  .   .   .   .   .   .   .   .  AGO ZMB BDI MWI  .  COM  .   .   .   .   .   .   .   .  SLB TUV WSM
 .   .   .   .   .   .   .   .   .   .   .   .   .  NAM BWA ZWE MOZ  .  MDG MUS  .   .   .   .   .  AUS  .  VUT FJI NIU
 .   .   .   .   .   .   .   .   .   .   .   .   .   .  ZAF LSO SWZ  .   .   .   .   .   .   .   .   .   .   .  TON COK
 .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .  NZL
"""

TILES: Mapping[str, tuple[int, int]] = {
    iso3: (row, column)
    for row, line in enumerate(_WORLD.strip("\n").split("\n"))
    for column, iso3 in enumerate(line[at : at + 4].strip() for at in range(0, len(line), 4))
    if iso3.isalpha()
}
"""The row and the column of each State, by its ISO 3166 alpha-3 code."""

ROWS, COLUMNS = (max(place[axis] for place in TILES.values()) + 1 for axis in (0, 1))
