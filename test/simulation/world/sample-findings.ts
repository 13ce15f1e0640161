import type { Finding } from '../../../shared/core/findings/finding.ts'
import { groupKeyOf } from '../../../shared/core/findings/group.ts'
import { principalOfArn } from '../../../shared/core/findings/principal.ts'
import { type Instant, plusSeconds } from '../../../shared/core/time/instant.ts'

export interface Sketch {
  readonly id: string
  readonly accountId: string
  readonly principal: string | null
  readonly family: string
  readonly severity: Finding['severity']
  readonly updatedAt: Instant
  /** How long it had been going on by then. */
  readonly lastedSeconds?: number
  readonly wrapping?: Finding['wrapping']
  readonly state?: Finding['version']['state']
}

/** A finding as the sources make it. */
export function sampleFinding(sketch: Sketch): Finding {
  const {
    id,
    accountId,
    principal,
    family,
    severity,
    updatedAt,
    lastedSeconds = 60,
    wrapping = 'guardduty',
    state = 'active',
  } = sketch
  const touched = { type: 'AwsS3Bucket', id: `arn:aws:s3:::sample-${family}` }
  return {
    key: `guardduty:eu-central-1:${accountId}:${id}`,
    findingId: id,
    wrapping,
    source: 'guardduty',
    type: `${family}:IAMUser/Sample`,
    family,
    severity,
    nativeSeverity: '8',
    title: `Sample finding of ${family}`,
    accountId,
    region: 'eu-central-1',
    partition: 'aws',
    resources: [touched],
    principal,
    principals: principal === null ? [] : [principalOfArn(principal) ?? principal],
    firstSeenAt: plusSeconds(updatedAt, -lastedSeconds),
    lastSeenAt: updatedAt,
    version: { updatedAt, state },
    count: null,
    traits: [],
    tags: {},
    indicators: [],
    signals: [],
    groupKey: groupKeyOf({ accountId, principal, resources: [touched], family }),
    heldBy: null,
    ignoredReason: state === 'resolved' ? 'Resolved' : severity === 'INFORMATIONAL' ? 'Informational' : null,
  }
}
