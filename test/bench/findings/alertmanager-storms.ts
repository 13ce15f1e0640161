import { setTimeout as wait } from 'node:timers/promises'
import { ACCOUNT } from '../cost/sample-organisation.ts'
import { Alertmanager } from './alertmanager.ts'
import { eventOf, REGION, type StormFinding, TITLE, TYPE } from './storm-events.ts'
import { batchesOf, groupsOf, STORM_KINDS, type StormKind, stormOf } from './storms.ts'

/** `whole` carries the event's text as an annotation, `lean` only what Alertmanager groups and shows. */
export type AlertSize = 'whole' | 'lean'

export interface AlertmanagerStorm {
  readonly kind: StormKind
  /** Until all was answered and each group's first notification was out. */
  readonly ms: number
  /** Of Alertmanager alone. */
  readonly cpuMs: number
  readonly notifiedGroups: number
  readonly mostMemoryMb: number
}

const WARM_UP = 3000
const NOTIFY_WITHIN_MS = 30_000
const LOOK_AGAIN_MS = 2
/** What it still does after it has answered counts too. */
const REST_MS = 300

/** The storms, one after the other, at a fresh process that has seen a smaller one. */
export async function alertmanagerStorms(size: number, alerts: AlertSize): Promise<AlertmanagerStorm[]> {
  const alertmanager = await Alertmanager.start()
  try {
    await alertmanager.post(bodiesOf(stormOf('distinct', Math.min(WARM_UP, size), 'warm-'), alerts))
    await wait(REST_MS)
    const storms: AlertmanagerStorm[] = []
    for (const kind of STORM_KINDS) storms.push(await storm(alertmanager, kind, size, alerts))
    return storms
  } finally {
    await alertmanager.stop()
  }
}

async function storm(
  alertmanager: Alertmanager,
  kind: StormKind,
  size: number,
  alerts: AlertSize,
): Promise<AlertmanagerStorm> {
  const bodies = bodiesOf(stormOf(kind, size), alerts)
  const { heard } = alertmanager.receiver
  const expected = heard.size + (kind === 'duplicates' ? 0 : groupsOf(kind, size))
  const heardBefore = heard.size
  const cpuBefore = alertmanager.cpuMs()
  const from = performance.now()
  await alertmanager.post(bodies)
  const giveUpAt = performance.now() + NOTIFY_WITHIN_MS
  while (heard.size < expected && performance.now() < giveUpAt) await wait(LOOK_AGAIN_MS)
  const ms = performance.now() - from
  await wait(REST_MS)
  const cpuMs = alertmanager.cpuMs() - cpuBefore
  return { kind, ms, cpuMs, notifiedGroups: heard.size - heardBefore, mostMemoryMb: alertmanager.mostMemoryMb() }
}

function bodiesOf(findings: readonly StormFinding[], size: AlertSize): Buffer[] {
  return batchesOf(findings).map((batch) => Buffer.from(JSON.stringify(batch.map((one) => alertOf(one, size)))))
}

function alertOf(finding: StormFinding, size: AlertSize): object {
  const { id, user, updatedAt } = finding
  const whole = size === 'whole' ? { event: JSON.stringify(eventOf(finding)) } : {}
  return {
    labels: {
      alertname: TYPE,
      account: ACCOUNT,
      region: REGION,
      principal: user,
      family: 'UnauthorizedAccess',
      severity: 'critical',
      finding: id,
    },
    annotations: { summary: TITLE, ...whole },
    startsAt: updatedAt,
    generatorURL: `https://console.aws.amazon.com/guardduty/home?region=${REGION}#/findings?fId=${id}`,
  }
}
