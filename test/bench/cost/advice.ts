import { LIST_PRICES, TEXT_PART_USD, type TextCountry } from '../list-prices.ts'
import { MONTH_HOURS, REPORTS_PER_TEXT } from './assumptions.ts'
import { dollars } from './markdown.ts'
import { INCIDENTS, type Months } from './months.ts'
import { costOf, costOfOne, times, type Usage } from './usage.ts'

const HOUR_MINUTES = 60

/** What costs most, and what to do about it, in the figures of these months. */
export function advice({ stack, idle, incident, withIncidents, withFindings }: Months, country: TextCountry): string {
  const one = (name: keyof typeof LIST_PRICES, usage: Usage) => dollars(costOfOne(name, usage, LIST_PRICES))
  const consoleHour = costOf(times(HOUR_MINUTES, incident.consoleMinute), LIST_PRICES)
  const checkIns = incident.parts.find(({ name }) => name.startsWith('check-ins'))?.usage.lambdaRequests ?? 0
  const partsOfText = (incident.usage.textParts ?? 0) / ((incident.usage.topicMessages ?? 1) / REPORTS_PER_TEXT)
  const texts = (incident.usage.textParts ?? 0) * INCIDENTS * TEXT_PART_USD[country]
  return [
    `**Being there.** ${stack.alarms} alarms (${one('alarms', idle)}), ${stack.keys} keys (${one('kmsKeys', idle)}) and the dashboard (${one('dashboards', idle)}) are most of an idle month. The dashboard can go: take its line out of \`serverless.yml\`; nothing depends on it. Keep the alarms and the keys: the ones tell of trouble without Muster, the others keep its parts from each other. ${stack.rotatedKeys} keys rotate every year, which adds $1 a month each after the first and again after the second year.`,
    `**Waiting for messages.** ${stack.polledQueues} queues are polled around the clock (${one('sqsRequests', idle)}). Without \`mailFrom\` or \`smsIdentity\` the queue of that channel is not polled. Nothing else can be saved here: the polls are why a page leaves within a second.`,
    `**Texts.** ${dollars(texts)} for ${INCIDENTS.toLocaleString('en-US')} incidents to ${country}, more than all else together: a text has ${partsOfText} parts for its link's sake. Put a channel that costs nothing first for those who hear it; texts then only go to who has not answered. Set a spend limit in AWS End User Messaging.`,
    `**Open pages of the console.** A page asks every two seconds while it is seen: ${dollars(consoleHour)} an hour with one incident open, ${dollars(consoleHour * MONTH_HOURS)} a month on a screen on the wall. Close it when nobody looks.`,
    `**Check-ins.** ${Math.round((100 * checkIns) / (incident.usage.lambdaRequests ?? 1))} % of an incident's invocations. \`checkInAfterSeconds: 3600\` in the directory halves them, and with them how soon silence is noticed.`,
    `**Traces.** ${one('traces', idle)}, ${one('traces', withIncidents)} and ${one('traces', withFindings)} of the three months. They only help whoever looks for a slow call: \`tracing: {lambda: true}\` in \`serverless.yml\` switches them on: take it out.`,
    `**Findings.** What repeats without change is only read. What comes alone costs an invocation of its own; a longer \`maximumBatchingWindow\` would save most of that and make every page later. GuardDuty's own default, 6 hours between updates of a finding, is enough; 15 minutes send up to 24 times as many.`,
  ]
    .map((line) => `- ${line}`)
    .join('\n')
}
