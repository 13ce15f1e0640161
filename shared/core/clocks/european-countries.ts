/**
 * The countries of the EU and the EEA, with the parts of them that have codes of their own (ISO 3166-1), and the zone in
 * which each one's deadlines are counted: the capital's.
 */
export const EUROPEAN_ZONES: Readonly<Record<string, string>> = {
  AT: 'Europe/Vienna',
  BE: 'Europe/Brussels',
  BG: 'Europe/Sofia',
  CY: 'Asia/Nicosia',
  CZ: 'Europe/Prague',
  DE: 'Europe/Berlin',
  DK: 'Europe/Copenhagen',
  EE: 'Europe/Tallinn',
  ES: 'Europe/Madrid',
  FI: 'Europe/Helsinki',
  FR: 'Europe/Paris',
  GR: 'Europe/Athens',
  HR: 'Europe/Zagreb',
  HU: 'Europe/Budapest',
  IE: 'Europe/Dublin',
  IT: 'Europe/Rome',
  LT: 'Europe/Vilnius',
  LU: 'Europe/Luxembourg',
  LV: 'Europe/Riga',
  MT: 'Europe/Malta',
  NL: 'Europe/Amsterdam',
  PL: 'Europe/Warsaw',
  PT: 'Europe/Lisbon',
  RO: 'Europe/Bucharest',
  SE: 'Europe/Stockholm',
  SI: 'Europe/Ljubljana',
  SK: 'Europe/Bratislava',
  // EEA
  IS: 'Atlantic/Reykjavik',
  LI: 'Europe/Vaduz',
  NO: 'Europe/Oslo',
  // Outermost regions and Åland, where EU law applies (Art. 355(1) and (4) TFEU)
  AX: 'Europe/Mariehamn',
  GF: 'America/Cayenne',
  GP: 'America/Guadeloupe',
  MF: 'America/Marigot',
  MQ: 'America/Martinique',
  RE: 'Indian/Reunion',
  YT: 'Indian/Mayotte',
}

/** Where an entity outside of them has no zone of its own in the table: the seat of the institutions. */
export const DEFAULT_ZONE = 'Europe/Brussels'

const ZONES = new Map(Object.entries(EUROPEAN_ZONES))

/** True for `EU`, a country of the EU or the EEA, or a part of one (`DE-BY`). */
export function isEuropean(resident: string): boolean {
  return resident === 'EU' || ZONES.has(countryOf(resident))
}

/** The country of an ISO 3166 code with or without subdivision. */
export function countryOf(code: string): string {
  return code.replace(/-.*$/, '')
}

/** @param country ISO 3166-1 alpha-2. */
export function zoneOfCountry(country: string): string {
  return ZONES.get(country) ?? DEFAULT_ZONE
}
