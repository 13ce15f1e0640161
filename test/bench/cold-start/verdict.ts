/** How much longer than the SDK's client alone a first event may take. */
const MOST_RATIO = 2

/** What was measured of one function; times in milliseconds. */
export interface Measured {
  readonly name: string
  readonly bytes: number
  /** Held in `handlers.ts`. */
  readonly mostBytes: number
  readonly totalMs: readonly number[]
  readonly importMs: readonly number[]
  readonly cpuMs: readonly number[]
  /** Of the baseline, each run right before one of the function's. */
  readonly baselineMs: readonly number[]
}

/** The middle one, or the mean of the two in the middle. Infinity for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? Number.POSITIVE_INFINITY : (low + high) / 2
}

export function ratioOf({ totalMs, baselineMs }: Pick<Measured, 'totalMs' | 'baselineMs'>): number {
  return median(totalMs) / median(baselineMs)
}

/** A line for each limit that is passed. */
export function breaches(measured: readonly Measured[]): string[] {
  return measured.flatMap((one) => {
    const ratio = ratioOf(one)
    const { name, bytes, mostBytes } = one
    return [
      ...(ratio > MOST_RATIO ? [`${name}: ${ratio.toFixed(2)} times the baseline, at most ${MOST_RATIO}`] : []),
      ...(bytes > mostBytes ? [`${name}: ${kilobytes(bytes)} KB at start, at most ${kilobytes(mostBytes)}`] : []),
    ]
  })
}

/** A table for people, a line a function. */
export function tableOf(measured: readonly Measured[]): string {
  const head = ['function', 'KB at start', 'import ms', 'first event done ms', 'CPU ms', 'baseline ms', 'ratio']
  const rows = measured.map((one) => [
    one.name,
    kilobytes(one.bytes),
    median(one.importMs).toFixed(0),
    spread(one.totalMs),
    median(one.cpuMs).toFixed(0),
    spread(one.baselineMs),
    ratioOf(one).toFixed(2),
  ])
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  return [head, ...rows].map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n')
}

/** The median, and from where to where. */
function spread(values: readonly number[]): string {
  return `${median(values).toFixed(0)} (${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)})`
}

function kilobytes(bytes: number): string {
  return String(Math.round(bytes / 1024))
}
