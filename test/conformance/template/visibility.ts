import { readFileSync } from 'node:fs'
import { type Check, faultIf } from './template.ts'
import { mappings } from './wiring.ts'

const SENDER = 'functions/send-messages/handler.ts'
/** AWS advises six times the function's timeout, and the batching window: Lambda Developer Guide, "Using Lambda with SQS". */
const ADVISED_TIMES = 6

const LOST_SECONDS_COUNT =
  'what a function that died held is due again within the shortest window, 60 s; coming twice does no harm'
/** Queues whose messages are hidden for less than AWS advises, and why. */
export const HIDDEN_FOR_LESS: Readonly<Record<string, string>> = {
  WakesQueue: LOST_SECONDS_COUNT,
  EmailQueue: LOST_SECONDS_COUNT,
  SmsQueue: LOST_SECONDS_COUNT,
  OtherMessagesQueue: LOST_SECONDS_COUNT,
}

/** A message is hidden for as long as the function may have it, and longer. */
export const visibilityFaults: Check = (template) =>
  mappings(template)
    .filter(({ source }) => source.type === 'AWS::SQS::Queue')
    .flatMap(({ resource, source, reader }) => {
      const timeout = Number(reader.property('Timeout'))
      const hidden = Number(source.property('VisibilityTimeout'))
      const window = Number(resource.property('MaximumBatchingWindowInSeconds') ?? 0)
      const advised = ADVISED_TIMES * timeout + window
      const isExcepted = source.id in HIDDEN_FOR_LESS
      return [
        ...faultIf(!(hidden > timeout), `${source.id}: hides for ${hidden} s, ${reader.id} runs up to ${timeout} s`),
        ...faultIf(
          !isExcepted && !(hidden >= advised),
          `${source.id}: hides for ${hidden} s, advised are ${advised} s`,
        ),
        ...faultIf(isExcepted && hidden >= advised, `${source.id}: hides long enough, there is no need to say why not`),
      ]
    })

/** A claim outlives the sender that holds it, and has ended when the message of one that died comes again. */
export const leaseFaults: Check = (template) => {
  const leaseSeconds = leaseMs() / 1000
  const senders = mappings(template).filter(({ reader }) =>
    String(reader.property('Handler')).includes('send-messages'),
  )
  if (senders.length === 0) return ['there are no senders']
  return senders.flatMap(({ source, reader }) => [
    ...faultIf(!(Number(reader.property('Timeout')) < leaseSeconds), `${reader.id}: outlives its claims`),
    ...faultIf(!(Number(source.property('VisibilityTimeout')) > leaseSeconds), `${source.id}: brings what is claimed`),
  ])
}

/** The sender reads its environment when it is imported, so its own constant is read from the text. */
function leaseMs(): number {
  const [, digits] = /^const LEASE_MS = ([\d_]+)$/m.exec(readFileSync(SENDER, 'utf8')) ?? []
  if (digits === undefined) throw new Error(`${SENDER}: there is no LEASE_MS`)
  return Number(digits.replaceAll('_', ''))
}
