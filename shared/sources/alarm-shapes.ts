import * as z from 'zod/mini'
import { parseArn } from './arn.ts'
import { list, optionalInstant, optionalText, part, requiredText, tolerated } from './tolerant-schema.ts'

const VALUES = ['ALARM', 'OK', 'INSUFFICIENT_DATA'] as const
const VALUE = `one of ${VALUES.join(', ')}`
const NAME = 'the name of an alarm'

const name = requiredText(512, NAME)
const value = z.pipe(
  z.transform((given) => (typeof given === 'string' ? given.toUpperCase() : given)),
  z.enum(VALUES, VALUE),
)
const text = optionalText(2048)
const configuration = part({ alarmRule: text })

/** `detail` of a state change of an alarm or of one contributor to it. Source: CloudWatch User Guide, "Alarm events". */
export const stateChange = z.object(
  {
    alarmName: name,
    state: z.object(
      { value, reason: text, timestamp: optionalInstant, actionsSuppressedBy: text },
      'the state of an alarm (an object)',
    ),
    configuration,
    alarmContributor: part({ id: text }),
    muteDetail: z.optional(z.unknown()),
  },
  "an alarm's change of state (an object)",
)

/** `detail` of a configuration change; its state is the one that the alarm happens to have. */
export const configurationChange = z.object(
  {
    alarmName: name,
    operation: text,
    state: part({ value: tolerated(value), timestamp: optionalInstant }),
    configuration: part({ alarmRule: text, timestamp: optionalInstant }),
  },
  "an alarm's change of configuration (an object)",
)

/** What a Lambda function gets that is an alarm's action; some writers put the bus's envelope around `alarmData`. */
export const alarmAction = z.object({
  alarmArn: text,
  accountId: optionalText(64),
  region: optionalText(64),
  time: optionalInstant,
  alarmData: stateChange,
})

/**
 * What an alarm's action sends to a topic. Bodies of some years ago have no ARN, and their `Region` is a name; the topic, as
 * any other action, is of the alarm's Region. Source: CloudWatch's API, `PutMetricAlarm`.
 */
export const alarmMessage = z.object({
  AlarmName: name,
  AlarmArn: text,
  AWSAccountId: optionalText(64),
  Region: optionalText(64),
  NewStateValue: value,
  NewStateReason: text,
  StateChangeTime: optionalInstant,
  AlarmRule: text,
  AlarmContributorId: text,
  AlarmActions: list(text, 10),
  OKActions: list(text, 10),
  InsufficientDataActions: list(text, 10),
})

/** The code of the alarm's Region, where anything tells it; else the name of it. */
export function regionOfMessage(message: z.output<typeof alarmMessage>, topicArn: string | undefined) {
  const { Region, AlarmActions, OKActions, InsufficientDataActions } = message
  const near = [topicArn, ...AlarmActions, ...OKActions, ...InsufficientDataActions]
  const codes = [Region, ...near.map((arn) => parseArn(arn ?? '')?.region)]
  return codes.find((code) => code !== undefined && isRegionCode(code)) ?? Region
}

export function isRegionCode(text: string): boolean {
  return /^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(text)
}

export type StateChange = z.output<typeof stateChange>
export type AlarmValue = (typeof VALUES)[number]
