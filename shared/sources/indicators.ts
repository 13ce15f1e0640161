import { jsonBytes } from '../core/findings/text.ts'

const MOST = 20
const MOST_BYTES = 2_000
const MOST_CHARS = 255

/** Addresses from a number on. */
interface Range {
  readonly from: number
  readonly size: number
}

/** Ranges that mean another machine in every network: private, shared, local, multicast and reserved ones. */
const NOT_PUBLIC = (
  [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['224.0.0.0', 3],
  ] as const
).map(([network, bits]): Range => ({ from: numberOf(network) ?? 0, size: 2 ** (32 - bits) }))
/** Everybody calls these. */
const OF_AWS = /(?:^|\.)(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|aws\.amazon\.com|api\.aws|on\.aws|aws\.dev)$/
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/
const HASH_OF: Readonly<Record<number, string>> = { 32: 'md5', 40: 'sha1', 64: 'sha256' }

/** A public address, as `ip:…`; nothing for any other text. */
export function ipIndicator(text: string | undefined): string[] {
  if (text === undefined) return []
  const ip = text.trim().toLowerCase()
  return isPublicV4(ip) || isGlobalV6(ip) ? [`ip:${ip}`] : []
}

/** A name in the DNS, as `domain:…`; none of AWS's own, nor of a private network. */
export function domainIndicator(text: string | undefined): string[] {
  if (text === undefined) return []
  const domain = text.trim().toLowerCase().replace(/\.$/, '')
  const isOurs = OF_AWS.test(domain) || /\.(?:internal|local|localdomain|arpa)$/.test(domain)
  return DOMAIN.test(domain) && !isOurs ? [`domain:${domain}`] : []
}

/** A file's hash, as `sha256:…`, `sha1:…` or `md5:…` by its length. */
export function hashIndicator(text: string | undefined): string[] {
  if (text === undefined) return []
  const hash = text.trim().toLowerCase()
  const kind = /^[0-9a-f]+$/.test(hash) ? HASH_OF[hash.length] : undefined
  return kind === undefined ? [] : [`${kind}:${hash}`]
}

/** As `access-key:AKIA…`, whatever the form in which it is written. */
export function accessKeyIndicator(text: string | undefined): string[] {
  const id = /(?:^|:)(A(?:KIA|SIA)[A-Z0-9]{12,60})$/.exec(text ?? '')?.[1]
  return id === undefined ? [] : [`access-key:${id}`]
}

/** What a scanner calls it, as `malware:…`. */
export function malwareIndicator(name: string | undefined): string[] {
  const known = name?.trim().toLowerCase() ?? ''
  return known === '' ? [] : [`malware:${known}`]
}

/** Of a value of which nobody says what it is. A file's name may look like a domain, so that one is not guessed. */
export function anyIndicator(text: string | undefined): string[] {
  return [...ipIndicator(text), ...hashIndicator(text)]
}

/** Each once, in the order given, at most 20 and 2,000 bytes of JSON. */
export function tidyIndicators(indicators: readonly string[]): string[] {
  let bytes = 0
  const fits = (one: string) => {
    const size = jsonBytes(one)
    if (one.length > MOST_CHARS || bytes + size > MOST_BYTES) return false
    bytes += size
    return true
  }
  return [...new Set(indicators)].slice(0, MOST).filter(fits)
}

function isPublicV4(ip: string): boolean {
  const number = numberOf(ip)
  return number !== null && !NOT_PUBLIC.some(({ from, size }) => number >= from && number < from + size)
}

function numberOf(ip: string): number | null {
  if (!/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(ip)) return null
  const parts = ip.split('.').map(Number)
  return parts.some((one) => one > 255) ? null : parts.reduce((sum, one) => sum * 256 + one, 0)
}

/** All that is routed lies in 2000::/3. */
function isGlobalV6(ip: string): boolean {
  if (!ip.includes(':')) return false
  const groups = ip.split(':')
  const isWhole = groups.length === 8 && !groups.includes('')
  const isShort = groups.length <= 8 && ip.split('::').length === 2 && !ip.includes(':::')
  return /^[23][0-9a-f]{3}:/.test(ip) && groups.every((one) => /^[0-9a-f]{0,4}$/.test(one)) && (isWhole || isShort)
}
