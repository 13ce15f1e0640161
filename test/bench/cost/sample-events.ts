import { readFileSync } from 'node:fs'
import type { Instant } from '../../../shared/core/time/instant.ts'
import { ACCOUNT } from './sample-organisation.ts'

const SAMPLE = 'events/guardduty/leaked-access-key.json'
const BEGAN: Instant = '2027-03-10T08:58:00.000Z'

interface SampleEvent {
  readonly detail: { readonly resource: { readonly accessKeyDetails: object }; readonly service: object }
}

/** A GuardDuty finding of severity 9, of the size that they have: about 2 KB. */
export function sampleEvent(id: string, updatedAt: Instant): object {
  const event = JSON.parse(readFileSync(SAMPLE, 'utf8')) as SampleEvent
  const { detail } = event
  const service = { ...detail.service, eventFirstSeen: BEGAN, eventLastSeen: updatedAt }
  const own = { id: id.padStart(32, '0'), accountId: ACCOUNT, severity: 9, updatedAt, service }
  return { ...event, account: ACCOUNT, time: updatedAt, detail: { ...detail, ...own } }
}
