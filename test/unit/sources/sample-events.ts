import { readdirSync, readFileSync } from 'node:fs'
import type { Finding, UngradedFinding } from '../../../shared/core/findings/finding.ts'
import { judgeFinding } from '../../../shared/core/findings/judge.ts'
import { parseEvent } from '../../../shared/sources/parse-event.ts'

const NO_DIRECTORY = { version: 1, responders: [], rotations: [], policies: [], accounts: [] } as const
const EVENTS = new URL('../../../events/', import.meta.url)

/** An event of `events/`, e.g. `guardduty/port-probe-low`. */
export function sampleEvent(name: string): unknown {
  return JSON.parse(sampleText(name))
}

export function sampleText(name: string): string {
  return readFileSync(new URL(`${name}.json`, EVENTS), 'utf8')
}

/** Every event of every source of findings, by name. */
export function allSampleNames(): string[] {
  return readdirSync(EVENTS)
    .filter((folder) => folder !== 'replies')
    .flatMap(namesIn)
}

/** Everything that comes back from providers, by name. */
export function replySampleNames(): string[] {
  return namesIn('replies')
}

function namesIn(folder: string): string[] {
  return readdirSync(new URL(folder, EVENTS)).map((file) => `${folder}/${file.replace(/\.json$/, '')}`)
}

/** The one finding of an event as its source has it, without when it was sent; a fault where there is another number. */
export function findingIn(event: unknown): Finding {
  const [item, ...more] = parseEvent(event)
  if (item?.ok !== true || more.length > 0) throw new Error(`not one finding: ${JSON.stringify([item, ...more])}`)
  const { sentAt: _sentAt, ...version } = item.finding.version
  return judgedByDefault({ ...item.finding, version })
}

/** As the built-in rules judge it. */
export function judgedByDefault(finding: UngradedFinding): Finding {
  return judgeFinding(finding, NO_DIRECTORY, '2027-01-01T00:00:00.000Z').finding
}
