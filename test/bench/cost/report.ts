import {
  LIST_PRICES,
  type ListPrice,
  PRICED_ON,
  PRICED_REGION,
  type PriceName,
  TEXT_PART_USD,
  type TextCountry,
} from '../list-prices.ts'
import { advice } from './advice.ts'
import * as assumed from './assumptions.ts'
import { amount, dollars, table } from './markdown.ts'
import { INCIDENTS, type Months, STORMS } from './months.ts'
import { costOf, costOfOne, PRICE_NAMES, type Usage } from './usage.ts'

export type Prices = Readonly<Record<PriceName, ListPrice>>

const MONTHS = ['idle', `${INCIDENTS.toLocaleString('en-US')} incidents`, '1 M findings']

/** docs/cost.md: the same text for the same code, prices and country. */
export function costReport(months: Months, country: TextCountry): string {
  const prices: Prices = { ...LIST_PRICES, textParts: { ...LIST_PRICES.textParts, usd: TEXT_PART_USD[country] } }
  return `# What Muster costs on AWS

Written by \`npm run cost\`; do not edit. US dollars a month, without tax and free allowances, in ${PRICED_REGION} at the list
prices of ${PRICED_ON}; texts to ${country}. Requests and item sizes are metered on the code as it is; what is assumed stands below.

${byService(months, prices)}

- **Idle**: the stack is there, with e-mail and SMS, and nothing happens.
- **${MONTHS[1]}**: idle, and each a new finding; four people paged by e-mail, two of them by SMS too; nobody answers, so the
  next four; four acknowledgements by link; check-ins answered for four hours; closing; a clock that warns for 72 hours.
- **${MONTHS[2]}**: idle, and a million findings, most of them repeats (under "One finding"), with the ${STORMS} incidents that their
  storms open.

One incident costs ${dollars(withoutTexts(months.incident.usage, prices))} without its texts, and ${dollars(costOfOne('textParts', months.incident.usage, prices))} of texts.

## What costs most, and what to switch off

${advice(months, country)}

## One incident

${byPart(months, prices)}

## One finding

${byCase(months, prices)}

Beside the pages of its incident. What is alone has an invocation of its own.

## How much of what, and at which price

${quantities(months, prices)}

"check": written down from memory. Look it up before you rely on it, in \`test/bench/list-prices.ts\` too.

## Texts to other countries

${byCountry(months)}

## What is assumed

${assumptions()}

Not counted: a phone number or sender id, taxes, support, data that leaves the Region, what GuardDuty and Security Hub cost,
requests for the keys of logs and topics, the bucket with the packages, alarms by e-mail.

## Once more

\`npm run cost\` writes this page; \`npm run cost -- --check\` fails when it is not what it would write; \`npm run cost -- --country=US\`
(${Object.keys(TEXT_PART_USD).join(', ')}) prints it for texts to another country.
`
}

function withoutTexts(usage: Usage, prices: Prices): number {
  return costOf({ ...usage, textParts: 0 }, prices)
}

function byService({ idle, withIncidents, withFindings }: Months, prices: Prices): string {
  const usages = [idle, withIncidents, withFindings]
  const services = [...new Set(PRICE_NAMES.map((name) => prices[name].service))]
  const rows = services.map((service) => {
    const names = PRICE_NAMES.filter((name) => prices[name].service === service)
    const costs = usages.map((usage) => names.reduce((sum, name) => sum + costOfOne(name, usage, prices), 0))
    return [service, ...costs.map((cost) => (cost === 0 ? '–' : dollars(cost)))]
  })
  const total = usages.map((usage) => `**${dollars(costOf(usage, prices))}**`)
  return table(['service', ...MONTHS], [...rows, ['**all**', ...total]])
}

function byPart({ incident }: Months, prices: Prices): string {
  const names = ['lambdaRequests', 'readUnits', 'writeUnits', 'sqsRequests', 'mails', 'textParts'] as const
  const row = (name: string, usage: Usage) => [
    name,
    ...names.map((unit) => amount(usage[unit] ?? 0)),
    `$${costOf(usage, prices).toFixed(5)}`,
  ]
  const head = ['part', 'invocations', 'read units', 'write units', 'SQS requests', 'mails', 'parts of texts', 'cost']
  const rows = incident.parts.map(({ name, usage }) => row(name, usage))
  return table(head, [...rows, row('**all, with what stays in the tables**', incident.usage)])
}

function byCase({ findings }: Months, prices: Prices): string {
  const rows = findings.map(({ name, findings: count, usageOfOne }) => [
    name,
    count.toLocaleString('en-US'),
    amount(usageOfOne.readUnits ?? 0),
    amount(usageOfOne.writeUnits ?? 0),
    dollars(1000 * costOf(usageOfOne, prices)),
  ])
  return table(['what comes in', 'of the million', 'read units', 'write units', 'a thousand cost'], rows)
}

function quantities({ idle, withIncidents, withFindings }: Months, prices: Prices): string {
  const rows = PRICE_NAMES.map((name) => {
    const { service, unit, usd, per, source, check } = prices[name]
    const price = per === 1 ? `$${usd}` : `$${usd} for ${per.toLocaleString('en-US')}`
    const used = [idle, withIncidents, withFindings].map((usage) => amount(usage[name] ?? 0))
    return [service, unit, ...used, price, source, check ? 'check' : '']
  })
  const texts = ['unit', 'price', 'source', 'sure?']
  return table(['service', 'unit', ...MONTHS, 'price', 'source', 'sure?'], rows, texts)
}

function byCountry({ incident }: Months): string {
  const parts = incident.usage.textParts ?? 0
  const rows = Object.entries(TEXT_PART_USD).map(([country, usd]) => [
    country,
    `$${usd}`,
    dollars(parts * usd * INCIDENTS),
  ])
  return table(['to', 'a part (check)', MONTHS[1] ?? ''], rows)
}

function assumptions(): string {
  const { OWN_WORK_MS, REQUEST_MS, COLD_SHARE, COLD_START_MS } = assumed
  const percent = (share: number) => `${100 * share} %`
  return [
    `A month has ${assumed.MONTH_HOURS} hours. Each message and each commit is handled by an invocation of its own.`,
    `Lambda keeps ${assumed.POLLERS_PER_QUEUE} long polls of ${assumed.POLL_SECONDS} s open on each queue; when idle for long it may keep fewer.`,
    `An invocation works ${OWN_WORK_MS} ms at 512 MB (${assumed.WORK_PER_FINDING_MS} ms more for each finding), and waits ${REQUEST_MS.table} ms for each request to a table, ${REQUEST_MS.queue} ms to a queue or a key, ${REQUEST_MS.mail} ms for a mail, ${REQUEST_MS.text} ms for a text, one after the other.`,
    `${percent(COLD_SHARE.incident)} of an incident's invocations and ${percent(COLD_SHARE.steady)} of all others start a new instance: ${COLD_START_MS} ms more, billed.`,
    `An invocation writes ${assumed.LOG_BYTES_PER_INVOCATION} bytes of logs, kept for ${assumed.LOG_MONTHS} months, and one trace: Lambda samples one a second, more than there are.`,
    `A mail is reported on once, a text ${assumed.REPORTS_PER_TEXT} times; each report is one message, one invocation and one row.`,
    `DynamoDB asks for its key ${assumed.TABLE_KEY_REQUESTS_PER_HOUR} times an hour for each caller and table (${assumed.BUSY_TABLE_CALLERS} when something happens), SQS ${assumed.QUEUE_KEY_REQUESTS_PER_HOUR} times an hour for all queues.`,
    `What a month adds to the tables is kept and counted for that whole month; it stays, so each further month adds as much again.`,
  ]
    .map((line) => `- ${line}`)
    .join('\n')
}
