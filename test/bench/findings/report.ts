import { amount, dollars, table } from '../cost/markdown.ts'
import type { Results } from './results.ts'
import { STORES } from './store.ts'
import { type Beside, type StormRatios, stormRatios } from './storm-ratios.ts'
import { UNFAIR } from './unfair.ts'
import { figure, isAsMeant, isMet, type Limit, limitsOf } from './verdict.ts'

/** All that was measured, as tables for people. */
export function reportOf(results: Results): string {
  const { sizes, alertmanagerVersion: version } = results
  return [
    `Storms in tens, ${sizes.rounds} rounds in turn, medians (of ratios too); Alertmanager ${version ?? 'is not on the PATH'}.`,
    stormTable(stormRatios(results)),
    'whole: alerts that carry the event, as Muster’s batches do. lean: labels and a title only. CPU: Muster’s process alone.',
    'What one storm asks of the database, batch after batch',
    meteredTable(results),
    `Growth, over the memory store; probes in a storm, over dynalite`,
    growthTable(results),
    probesLine(results),
    'Requests of each thing, with what follows (index writes are no requests)',
    table(
      ['what', 'requests', 'at most', 'index writes'],
      results.requestCases.map(({ name, requests, most, indexWrites }) => [
        name,
        `${requests}`,
        `${most}`,
        `${indexWrites}`,
      ]),
    ),
    'A million findings at list prices, without logs and traces',
    costTable(results),
    'Limits',
    limitTable(results),
    'What is unfair',
    UNFAIR.map((line) => `- ${line}`).join('\n'),
  ].join('\n\n')
}

function stormTable(ratios: readonly StormRatios[]): string {
  const cells = (beside: Beside | null) =>
    beside === null
      ? ['–', '–', '–', '–']
      : [amount(beside.alertsPerSecond), figure(beside.rate), amount(beside.cpuUsPerAlert), figure(beside.cpu)]
  const head = ['storm', 'findings/s', 'CPU µs each', 'requests each']
  const of = (alerts: string) => [`${alerts}/s`, `× ${alerts}`, `${alerts} CPU µs`, `× ${alerts} CPU`]
  return table(
    [...head, ...of('whole'), ...of('lean')],
    ratios.map(({ kind, store, findingsPerSecond, cpuUsPerFinding, requestsPerFinding, beside }) => [
      `${kind}, ${store}`,
      amount(findingsPerSecond),
      amount(cpuUsPerFinding),
      figure(requestsPerFinding),
      ...cells(beside.whole),
      ...cells(beside.lean),
    ]),
  )
}

function meteredTable({ metered }: Results): string {
  const rows = STORES.flatMap((store) =>
    metered[store].map((storm) => [
      `${storm.kind}, ${store}`,
      figure(storm.requestsPerFinding),
      figure(storm.mostRequestsPerDistinctFinding),
      figure(storm.readUnitsPerFinding),
      figure(storm.writeUnitsPerFinding),
      figure(storm.indexWritesPerFinding),
      Object.entries(storm.writtenTwice)
        .map(([item, times]) => `${item} × ${times}`)
        .join(', ') || '–',
    ]),
  )
  const head = [
    'storm',
    'requests each',
    'most in a batch',
    'read units',
    'write units',
    'index writes',
    'written again',
  ]
  return table(head, rows, ['written again'])
}

function growthTable({ growth }: Results): string {
  const rows = growth.map(({ open, requestsPerFinding, usPerFinding, controlUsPerItem }) => [
    open.toLocaleString('en-US'),
    figure(requestsPerFinding.distinct),
    amount(usPerFinding.distinct),
    figure(requestsPerFinding.duplicates),
    amount(usPerFinding.duplicates),
    amount(controlUsPerItem),
  ])
  const head = ['open', 'requests of a new one', 'µs', 'requests of a repeat', 'µs of it', 'µs of the control']
  return table(head, rows)
}

function probesLine({ probes }: Results): string {
  const { probes: count, takenIn, seconds, p50Ms, p99Ms, mostMs } = probes
  const rate = amount(takenIn / seconds)
  return `${count} probes while ${rate} findings a second of a storm were taken in: first page after p50 ${figure(p50Ms)} ms, p99 ${figure(p99Ms)} ms, at most ${figure(mostMs)} ms.`
}

function costTable({ costs }: Results): string {
  const rows = costs.map(({ name, usd, floorUsd, floorParts }) => [
    name,
    dollars(usd),
    dollars(floorUsd),
    figure(usd / floorUsd),
    floorParts.map((part) => `${part.name}: ${dollars(part.usd)}`).join('; '),
  ])
  return table(['case', 'metered', 'floor', '× floor', 'parts of the floor'], rows, ['parts of the floor'])
}

function verdictOn(limit: Limit): string {
  if (!isMet(limit)) return 'BROKEN'
  return isAsMeant(limit) ? 'met' : 'short of the aim'
}

function limitTable(results: Results): string {
  const rows = limitsOf(results).map((limit) => [
    limit.name,
    figure(limit.measured),
    `${limit.isLeast ? '≥' : '≤'} ${limit.bound}`,
    limit.aim === undefined ? '' : `${limit.isLeast ? '≥' : '≤'} ${limit.aim}`,
    verdictOn(limit),
  ])
  return table(['limit', 'measured', 'bound', 'aim', ''], rows, ['bound', 'aim', ''])
}
