import { readdirSync, readFileSync } from 'node:fs'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { parseEvent } from '../../../shared/sources/parse-event.ts'

const EVENTS = new URL('../../../events/', import.meta.url)

/** An event of `events/`, e.g. `guardduty/port-probe-low`. */
export function sampleEvent(name: string): unknown {
  return JSON.parse(sampleText(name))
}

export function sampleText(name: string): string {
  return readFileSync(new URL(`${name}.json`, EVENTS), 'utf8')
}

/** Every event of both sources, by name. */
export function allSampleNames(): string[] {
  return ['guardduty', 'securityhub'].flatMap((source) =>
    readdirSync(new URL(source, EVENTS)).map((file) => `${source}/${file.replace(/\.json$/, '')}`),
  )
}

/** The one finding of an event; a fault where there is another number of them. */
export function findingIn(event: unknown): Finding {
  const [item, ...more] = parseEvent(event)
  if (item?.ok !== true || more.length > 0) throw new Error(`not one finding: ${JSON.stringify([item, ...more])}`)
  return item.finding
}
