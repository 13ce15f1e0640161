/**
 * How much longer than the SDK's database client alone a first event may take. The yardstick is the client as npm
 * installs it: as anyone gets it. The bundled one is stricter, having shed what this one read does not use; its looser
 * bound is there so that growth shows also when reading packages from the disk is slow.
 */
const MOST_OF_INSTALLED = 2
const MOST_OF_BUNDLED = 3

const HEAD: readonly string[] = [
  'function',
  'KB at start',
  'import ms',
  'first event done ms',
  'CPU ms',
  'installed client ms',
  '× installed client',
  'bundled client ms',
  '× bundled client',
]

/** What was measured of one function; times in milliseconds. */
export interface Measured {
  readonly name: string
  readonly bytes: number
  /** Held in `handlers.ts`. */
  readonly mostBytes: number
  readonly totalMs: readonly number[]
  readonly importMs: readonly number[]
  readonly cpuMs: readonly number[]
  /** Of the client alone, bundled and as installed, each run shortly before one of the function's. */
  readonly bundledMs: readonly number[]
  readonly installedMs: readonly number[]
}

/** The middle one, or the mean of the two in the middle. Infinity for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? Number.POSITIVE_INFINITY : (low + high) / 2
}

export function ratiosOf(one: Measured): { readonly installed: number; readonly bundled: number } {
  const ownMs = median(one.totalMs)
  return { installed: ownMs / median(one.installedMs), bundled: ownMs / median(one.bundledMs) }
}

/** A line for each limit that is passed. */
export function breaches(measured: readonly Measured[]): string[] {
  return measured.flatMap((one) => {
    const { installed, bundled } = ratiosOf(one)
    const { name, bytes, mostBytes } = one
    return [
      ...tooSlow(name, 'installed', installed, MOST_OF_INSTALLED),
      ...tooSlow(name, 'bundled', bundled, MOST_OF_BUNDLED),
      ...(bytes > mostBytes ? [`${name}: ${kilobytes(bytes)} KB at start, at most ${kilobytes(mostBytes)}`] : []),
    ]
  })
}

function tooSlow(name: string, client: string, ratio: number, most: number): string[] {
  return ratio <= most ? [] : [`${name}: ${ratio.toFixed(2)} times the ${client} client, at most ${most}`]
}

/** A table for people, a line a function. */
export function tableOf(measured: readonly Measured[]): string {
  const rows = measured.map(rowOf)
  const widths = HEAD.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  return [HEAD, ...rows].map((row) => line(row).trimEnd()).join('\n')
}

function rowOf(one: Measured): string[] {
  const { installed, bundled } = ratiosOf(one)
  return [
    one.name,
    kilobytes(one.bytes),
    median(one.importMs).toFixed(0),
    spread(one.totalMs),
    median(one.cpuMs).toFixed(0),
    spread(one.installedMs),
    installed.toFixed(2),
    spread(one.bundledMs),
    bundled.toFixed(2),
  ]
}

/** The median, and from where to where. */
function spread(values: readonly number[]): string {
  return `${median(values).toFixed(0)} (${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)})`
}

function kilobytes(bytes: number): string {
  return String(Math.round(bytes / 1024))
}
