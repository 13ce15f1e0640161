const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** `Wed Sep 04 16:59:44.356 UTC 2024` */
const PLAIN = /^[a-z]{3} ([a-z]{3}) (\d{1,2}) (\d\d:\d\d:\d\d)(\.\d{1,9})? (?:UTC|GMT|Z) (\d{4})$/i
/** `Mar 20, 2023, 6:08:05 PM`; newer versions of Java write a narrow space before PM. */
const SHORT = /^([a-z]{3}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d\d:\d\d)\s(AM|PM)$/i

/** Dates as Java prints them, which Inspector sends, in ISO 8601; both are in UTC. Null for any other text. */
export function isoOfJavaDate(text: string): string | null {
  return isoOfPlain(text) ?? isoOfShort(text)
}

function isoOfPlain(text: string): string | null {
  const [, month = '', day = '', time, fraction = '', year] = PLAIN.exec(text) ?? []
  return time === undefined ? null : `${year}-${monthOf(month)}-${twoDigits(day)}T${time}${fraction}Z`
}

function isoOfShort(text: string): string | null {
  const [, month = '', day = '', year, hour = '', rest, half = ''] = SHORT.exec(text) ?? []
  if (year === undefined || Number(hour) < 1 || Number(hour) > 12) return null
  const hours = (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0)
  return `${year}-${monthOf(month)}-${twoDigits(day)}T${twoDigits(String(hours))}:${rest}Z`
}

/** `00` for a word that is no month: no calendar has it. */
function monthOf(word: string): string {
  return twoDigits(String(MONTHS.indexOf(word.toLowerCase()) + 1))
}

function twoDigits(digits: string): string {
  return digits.padStart(2, '0')
}
