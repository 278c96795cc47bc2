/**
 * Every country and territory of ISO 3166-1: its two letters, its number, and the middle of its largest piece of land (latitude,
 * longitude, in degrees; from Natural Earth 1:50m, which is in the public domain). Kosovo goes by XK, as is usual, and has no number.
 */
const TABLE = `
  AD 20 42.5 1.6, AE 784 23.9 54.3, AF 4 33.8 66, AG 28 17.1 -61.8, AI 660 18.2 -63.1, AL 8 41.1 20, AM 51 40.3 44.9,
  AO 24 -12.3 17.6, AR 32 -35.2 -65.2, AS 16 -14.3 -170.7, AT 40 47.6 14.1, AU 36 -25.6 134.4, AW 533 12.5 -70,
  AX 248 60.2 19.9, AZ 31 40.3 47.7, BA 70 44.2 17.8, BB 52 13.2 -59.6, BD 50 23.9 90.2, BE 56 50.6 4.6,
  BF 854 12.3 -1.8, BG 100 42.8 25.2, BH 48 26 50.5, BI 108 -3.4 29.9, BJ 204 9.6 2.3, BL 652 17.9 -62.8,
  BM 60 32.3 -64.8, BN 96 4.5 114.6, BO 68 -16.7 -64.7, BQ 535 12.2 -68.3, BR 76 -10.8 -53.1, BS 44 24.7 -78,
  BT 64 27.4 90.4, BW 72 -22.2 23.8, BY 112 53.5 28, BZ 84 17.2 -88.7, CA 124 57.9 -102.4, CC 166 -12.2 96.8,
  CD 180 -2.9 23.6, CF 140 6.6 20.5, CG 178 -0.8 15.2, CH 756 46.8 8.2, CI 384 7.6 -5.6, CK 184 -21.2 -159.8,
  CL 152 -35.7 -71.3, CM 120 5.7 12.7, CN 156 36.6 103.8, CO 170 3.9 -73.1, CR 188 10 -84.2, CU 192 21.6 -78.9,
  CV 132 15.1 -23.6, CW 531 12.2 -69, CX 162 -10.4 105.7, CY 196 34.9 33, CZ 203 49.7 15.3, DE 276 51.1 10.4,
  DJ 262 11.7 42.6, DK 208 56.2 9.4, DM 212 15.4 -61.4, DO 214 18.9 -70.5, DZ 12 28.2 2.6, EC 218 -1.4 -78.4,
  EE 233 58.7 25.8, EG 818 26.5 29.9, EH 732 24.2 -12.2, ER 232 15.4 38.8, ES 724 40.4 -3.6, ET 231 8.6 39.6,
  FI 246 64.5 26.3, FJ 242 -17.8 178, FK 238 -51.7 -58.8, FM 583 6.9 158.2, FO 234 62.2 -6.9, FR 250 46.6 2.5,
  GA 266 -0.6 11.8, GB 826 53.9 -2.5, GD 308 12.1 -61.7, GE 268 42.2 43.5, GF 254 4 -53.1, GG 831 49.5 -2.6,
  GH 288 8 -1.2, GI 292 36.1 -5.3, GL 304 74.7 -41.4, GM 270 13.4 -15.4, GN 324 10.4 -10.9, GP 312 16.2 -61.5,
  GQ 226 1.6 10.5, GR 300 39.5 22.6, GS 239 -54.4 -36.7, GT 320 15.7 -90.4, GU 316 13.4 144.8, GW 624 12.1 -14.9,
  GY 328 4.8 -59, HK 344 22.4 114.1, HM 334 -53.1 73.5, HN 340 14.8 -86.6, HR 191 45.2 16.4, HT 332 18.9 -72.7,
  HU 348 47.2 19.4, ID 360 -0.2 114, IE 372 53.2 -8.1, IL 376 31.5 35, IM 833 54.2 -4.5, IN 356 22.9 79.6,
  IO 86 -7.3 72.4, IQ 368 33 43.7, IR 364 32.6 54.3, IS 352 65 -18.6, IT 380 43.5 12.1, JE 832 49.2 -2.1,
  JM 388 18.2 -77.3, JO 400 31.2 36.8, JP 392 36.7 138, KE 404 0.6 37.8, KG 417 41.5 74.5, KH 116 12.7 104.9,
  KI 296 1.9 -157.4, KM 174 -11.7 43.3, KN 659 17.3 -62.7, KP 408 40.2 127.2, KR 410 36.5 127.9, KW 414 29.3 47.6,
  KY 136 19.3 -81.3, KZ 398 48.2 67.3, LA 418 18.5 103.7, LB 422 33.9 35.9, LC 662 13.9 -61, LI 438 47.1 9.5,
  LK 144 7.6 80.7, LR 430 6.5 -9.3, LS 426 -29.6 28.2, LT 440 55.3 23.9, LU 442 49.8 6.1, LV 428 56.9 24.9,
  LY 434 27 18, MA 504 29.8 -8.5, MC 492 43.8 7.4, MD 498 47.2 28.5, ME 499 42.8 19.2, MF 663 18.1 -63.1,
  MG 450 -19.4 46.7, MH 584 7.1 171.2, MK 807 41.6 21.7, ML 466 17.3 -3.5, MM 104 21.2 96.5, MN 496 46.8 103.1,
  MO 446 22.2 113.5, MP 580 15.2 145.7, MQ 474 14.7 -61, MR 478 20.3 -10.3, MS 500 16.7 -62.2, MT 470 35.9 14.4,
  MU 480 -20.3 57.6, MV 462 4.2 73.5, MW 454 -13.2 34.3, MX 484 23.9 -102.5, MY 458 3.6 114.7, MZ 508 -17.3 35.5,
  NA 516 -22.1 17.2, NC 540 -21.3 165.5, NE 562 17.4 9.4, NF 574 -29.1 167.9, NG 566 9.6 8.1, NI 558 12.8 -85,
  NL 528 52.3 5.6, NO 578 64.2 13.9, NP 524 28.2 83.9, NR 520 -0.5 166.9, NU 570 -19 -169.9, NZ 554 -44 170.5,
  OM 512 20.6 56.1, PA 591 8.5 -80.1, PE 604 -9.2 -74.4, PF 258 -17.7 -149.4, PG 598 -6.6 144.2, PH 608 16 121.4,
  PK 586 29.9 69.3, PL 616 52.1 19.4, PM 666 46.9 -56.3, PN 612 -24.4 -128.3, PR 630 18.2 -66.5, PS 275 31.9 35.2,
  PT 620 39.7 -8, PW 585 7.5 134.6, PY 600 -23.2 -58.4, QA 634 25.3 51.2, RE 638 -21.1 55.5, RO 642 45.9 25,
  RS 688 44.2 20.8, RU 643 61.9 96.7, RW 646 -2 29.9, SA 682 24.1 44.5, SB 90 -9.6 160.2, SC 690 -4.7 55.5,
  SD 729 16 29.9, SE 752 62.8 16.7, SG 702 1.4 103.8, SH 654 -16 -5.7, SI 705 46.1 14.8, SJ 744 78.5 16,
  SK 703 48.7 19.5, SL 694 8.6 -11.8, SM 674 43.9 12.5, SN 686 14.4 -14.5, SO 706 4.8 45.7, SR 740 4.1 -55.9,
  SS 728 7.3 30.2, ST 678 0.2 6.6, SV 222 13.7 -88.9, SX 534 18.1 -63.1, SY 760 35 38.5, SZ 748 -26.6 31.5,
  TC 796 21.8 -71.7, TD 148 15.3 18.6, TF 260 -49.3 69.5, TG 768 8.5 1, TH 764 15.1 101, TJ 762 38.5 71,
  TK 772 -9.2 -171.8, TL 626 -8.8 125.9, TM 795 39.1 59.4, TN 788 34.1 9.5, TO 776 -21.2 -175.2, TR 792 39 35.4,
  TT 780 10.4 -61.3, TV 798 -7.5 178.7, TW 158 23.8 121, TZ 834 -6.3 34.8, UA 804 49.2 31.3, UG 800 1.3 32.4,
  UM 581 19.3 166.6, US 840 39.5 -99.1, UY 858 -32.8 -56, UZ 860 41.8 63.1, VA 336 41.9 12.4, VC 670 13.3 -61.2,
  VE 862 7.1 -66.2, VG 92 18.4 -64.6, VI 850 17.7 -64.8, VN 704 16.7 106.3, VU 548 -15.2 166.8, WF 876 -14.3 -178.1,
  WS 882 -13.6 -172.4, XK 0 42.6 20.9, YE 887 15.9 47.5, YT 175 -12.8 45.1, ZA 710 -29 25.2, ZM 894 -13.5 27.8,
  ZW 716 -19 29.9
`

export interface Country {
  readonly code: string
  readonly numeric: number
  readonly latitude: number
  readonly longitude: number
}

/** By their two letters. */
export const COUNTRIES: ReadonlyMap<string, Country> = new Map(
  TABLE.trim()
    .split(/,\s+/)
    .map((text) => {
      const [code = '', numeric, latitude, longitude] = text.split(' ')
      return [code, { code, numeric: Number(numeric), latitude: Number(latitude), longitude: Number(longitude) }]
    }),
)

/** Those that have no shape at the scale of the map (`world.ts`), and are discs on it. */
export const SMALL_COUNTRIES: readonly string[] = `
  AD AG AI AS AW AX BB BH BL BM BQ CC CK CV CW CX DM FM FO GD GF GG GI GP GS GU HK HM IM IO JE KI KM KN KY LC LI MC
  MF MH MO MP MQ MS MT MU MV NF NR NU PF PM PN PW RE SC SG SH SJ SM ST SX TC TK TO TV UM VA VC VG VI WF WS YT
`
  .trim()
  .split(/\s+/)

/** What a reader calls it; what is no code stays as it is. */
export function countryName(code: string, locale: string): string {
  if (!COUNTRIES.has(code)) return code
  return displayNames(locale).of(code) ?? code
}

const known = new Map<string, Intl.DisplayNames>()

function displayNames(locale: string): Intl.DisplayNames {
  const names = known.get(locale) ?? new Intl.DisplayNames(locale, { type: 'region' })
  known.set(locale, names)
  return names
}
