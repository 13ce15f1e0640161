/** A table; every column but the first is of numbers unless it is named in `texts`. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], texts: readonly string[] = []) {
  const rule = head.map((title, column) => (column === 0 || texts.includes(title) ? '---' : '---:'))
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** `$1,234.50`; what is there but below a cent says so. */
export function dollars(usd: number): string {
  if (usd > 0 && usd < 0.005) return '< $0.01'
  return `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
}

/** With so many digits as matter: `3,940,000`, `0.0421`. Nothing is `–`. */
export function amount(value: number): string {
  return value === 0 ? '–' : value.toLocaleString('en-US', { maximumSignificantDigits: 3 })
}
