import { cutToChars } from '../core/findings/text.ts'

/**
 * By what Inspector's findings are grouped, of their title, which is the same in Security Hub: `CVE-2027-10001 - sample-lib`,
 * `CWE-94 - Unsanitized input is run as code`, `Port 22 is reachable from an Internet Gateway - TCP`. Any other title is a family of its own; null for none.
 */
export function inspectorFamily(title: string): string | null {
  if (title === '') return null
  if (/^CWE-\d/.test(title)) return cutToChars(`CODE_VULNERABILITY/${title}`, 256)
  const [, vulnerability] = /^((?=\S*\d)[A-Z]\S+)(?: - |$)/.exec(title) ?? []
  if (vulnerability !== undefined) return cutToChars(`PACKAGE_VULNERABILITY/${vulnerability}`, 256)
  const ports = portsIn(title)
  return cutToChars(ports === null ? `inspector/${title}` : `NETWORK_REACHABILITY/${ports}`, 256)
}

/** `TCP 22` or `TCP 8000-8080`. */
function portsIn(title: string): string | null {
  const [, ports, protocol] = /^Ports? (\d+(?:-\d+)?) .* - ([A-Z]+)$/.exec(title) ?? []
  return ports === undefined ? null : `${protocol} ${ports}`
}
