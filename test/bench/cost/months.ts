import {
  BUSY_TABLE_CALLERS,
  LOG_MONTHS,
  MONTH_HOURS,
  MONTH_MINUTES,
  POLL_SECONDS,
  POLLERS_PER_QUEUE,
  QUEUE_KEY_REQUESTS_PER_HOUR,
  TABLE_KEY_REQUESTS_PER_HOUR,
  TICK_METRICS,
} from './assumptions.ts'
import type { DeployedStack } from './deployed-stack.ts'
import { type FindingsCase, findingsStory } from './findings-story.ts'
import { type IncidentStory, incidentStory } from './incident-story.ts'
import { MeteredMuster } from './metered-muster.ts'
import { meteredDirectory } from './sample-organisation.ts'
import { sumOf, times, type Usage } from './usage.ts'

export const INCIDENTS = 1000
/** Incidents that the storms among a million findings open: each of a hundred. */
export const STORMS = 100

/** What was metered, and what it makes of a month. */
export interface Months {
  readonly stack: DeployedStack
  readonly incident: IncidentStory
  readonly findings: readonly FindingsCase[]
  readonly idle: Usage
  readonly withIncidents: Usage
  readonly withFindings: Usage
}

export async function meterMonths(stack: DeployedStack): Promise<Months> {
  const incident = await incidentStory(stack)
  const findings = await findingsStory(stack)
  const idle = sumOf(fixed(stack), times(MONTH_MINUTES, await idleTick(stack)))
  const million = sumOf(...findings.map((one) => times(one.findings, one.usageOfOne)))
  const withIncidents = sumOf(idle, busyKeys(), times(INCIDENTS, incident.usage))
  const withFindings = sumOf(idle, busyKeys(), million, times(STORMS, incident.usage))
  return {
    stack,
    incident,
    findings,
    idle: withKeptLogs(idle),
    withIncidents: withKeptLogs(withIncidents),
    withFindings: withKeptLogs(withFindings),
  }
}

/** What is there whether anything happens or not. */
function fixed({ alarms, keys, dashboards, polledQueues }: DeployedStack): Usage {
  const polls = (POLLERS_PER_QUEUE * 60) / POLL_SECONDS
  return {
    alarms,
    kmsKeys: keys,
    dashboards,
    customMetrics: TICK_METRICS,
    sqsRequests: polledQueues * polls * MONTH_MINUTES,
    kmsRequests: TABLE_KEY_REQUESTS_PER_HOUR * MONTH_HOURS,
    busEvents: MONTH_MINUTES,
  }
}

/** Keys that are asked for as often as can be, as if something happened in every hour. */
function busyKeys(): Usage {
  const tables = TABLE_KEY_REQUESTS_PER_HOUR * BUSY_TABLE_CALLERS
  return { kmsRequests: (tables + QUEUE_KEY_REQUESTS_PER_HOUR) * MONTH_HOURS }
}

async function idleTick(stack: DeployedStack): Promise<Usage> {
  const options = { now: '2027-03-10T09:00:00.000Z', directory: meteredDirectory(), stack, cold: 'steady' } as const
  return (await MeteredMuster.start(options)).tick()
}

function withKeptLogs(usage: Usage): Usage {
  return { ...usage, logsStoredGb: LOG_MONTHS * (usage.logsGb ?? 0) }
}
