import type { IncidentEvent } from '../../../shared/core/incident/events.ts'
import { CLOCK_SENTENCES } from './clock-sentences.ts'
import type { Html } from './html-parts.ts'
import { INCIDENT_SENTENCES } from './incident-sentences.ts'
import { MERGING_SENTENCES } from './merging-sentences.ts'
import { MESSAGE_SENTENCES } from './message-sentences.ts'
import type { Naming } from './naming.ts'
import { type RecordStep, targetOf } from './record-step.ts'
import { SEAT_SENTENCES } from './seat-sentences.ts'
import type { Sentences, Telling } from './sentence.ts'
import { channelWord } from './words.ts'

const SENTENCES: Sentences = {
  ...INCIDENT_SENTENCES,
  ...MERGING_SENTENCES,
  ...SEAT_SENTENCES,
  ...MESSAGE_SENTENCES,
  ...CLOCK_SENTENCES,
}

/** One sentence for one event. A type that this version does not know is named as it is. */
export function sentenceOf(event: IncidentEvent, tell: Telling): Html | string {
  // The table has one entry per type, each for its own data; that they belong together is lost when looked up by type.
  const sentence = SENTENCES[event.type] as ((data: unknown, tell: Telling) => Html) | undefined
  return sentence === undefined ? event.type : sentence(event.data, tell)
}

/** Names with the messages and clocks of a record, so that an outcome can say whose it was. */
export function tellingOf(steps: readonly RecordStep[], naming: Naming): Telling {
  const messages = new Map<string, string>()
  const clocks = new Map<string, string>()
  for (const { event } of steps) {
    const target = targetOf(event)
    if (target !== null) {
      messages.set(target.effectId, `${channelWord(target.channel)} to ${naming.person(target.responderId)}`)
    }
    if (event.type === 'ClockStarted' || event.type === 'ClockCarried') {
      clocks.set(event.data.clockId, `${naming.obligation(event.data.obligationId)}, ${event.data.entityId}`)
    }
  }
  return {
    ...naming,
    message: (effectId) => messages.get(effectId) ?? 'a message',
    clock: (clockId) => clocks.get(clockId) ?? clockId,
  }
}
