import { nearest } from "./nearest.ts";

/**
 * The countries and territories that have phone numbers, by ISO 3166 code; `AC`, `TA` and `XK` are
 * reserved there and in general use. The same as libphonenumber's, which a test compares; its own
 * list comes with all its metadata, which takes longer to load than everything else here.
 */
export const countryCodes: readonly string[] = (
  "AC AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS " +
  "BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG " +
  "EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT " +
  "HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR " +
  "LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF " +
  "NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD " +
  "SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TG TH TJ TK TL TM TN TO TR TT TV TW " +
  "TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
).split(" ");

const codes: ReadonlySet<string> = new Set(countryCodes);

export const isCountryCode = (code: string): boolean => codes.has(code);

/**
 * What people write instead: codes of languages, internet domains, codes that ISO has withdrawn, and
 * codes of three letters that begin with another country's two.
 */
const meant: Readonly<Record<string, string>> = {
  ...{ UK: "GB", EN: "GB", SW: "SE", SP: "ES", JA: "JP", KO: "KR", ZH: "CN", CS: "CZ", DA: "DK" },
  ...{ EL: "GR", HE: "IL", HI: "IN", UR: "PK", YU: "RS", SU: "RU", DD: "DE", TP: "TL", ZR: "CD" },
  ...{ AND: "AD", ARE: "AE", ATG: "AG", AUT: "AT", BEN: "BJ", BGD: "BD", BHS: "BS", BIH: "BA" },
  ...{ BLR: "BY", BLZ: "BZ", BRB: "BB", CAF: "CF", CHL: "CL", CHN: "CN", COD: "CD", COM: "KM" },
  ...{ CPV: "CV", DNK: "DK", EST: "EE", FRO: "FO", GIN: "GN", GNB: "GW", GNQ: "GQ", GRL: "GL" },
  ...{ GUY: "GY", IRL: "IE", IRQ: "IQ", ISR: "IL", JAM: "JM", KAZ: "KZ", KOR: "KR", LBR: "LR" },
  ...{ LBY: "LY", MAC: "MO", MDA: "MD", MDG: "MG", MDV: "MV", MEX: "MX", MLT: "MT", MNE: "ME" },
  ...{ MOZ: "MZ", PAK: "PK", POL: "PL", PRK: "KP", PRT: "PT", PRY: "PY", PSE: "PS", SEN: "SN" },
  ...{ SRB: "RS", SUR: "SR", SVK: "SK", SVN: "SI", SWE: "SE", SWZ: "SZ", TCD: "TD", TUN: "TN" },
  ...{ TUR: "TR", UKR: "UA", URY: "UY", ENG: "GB", SCO: "GB", GER: "DE", SUI: "CH", NED: "NL" },
};

/** Names of all countries, in plain letters. */
function named(name: string): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}]/gu, "");
  return ["en", "de", "fr", "es"].reduce<string | undefined>((found, language) => {
    const names = new Intl.DisplayNames(language, { type: "region" });
    return found ?? countryCodes.find((code) => plain(names.of(code) ?? "") === plain(name));
  }, undefined);
}

/** The country that was probably meant by something that is no country's code. */
export function nearestCountry(wrong: string): string | undefined {
  const upper = wrong.trim().toUpperCase();
  const known = meant[upper] ?? (codes.has(upper) ? upper : undefined);
  if (known !== undefined) return known;
  if (upper.length > 3) return named(upper);
  const first = upper.slice(0, 2);
  if (upper.length === 3 && codes.has(first)) return first;
  return nearest(
    upper,
    [upper.split("").reverse().join(""), ...countryCodes].filter(isCountryCode),
  );
}
