import * as z from 'zod'
import { DATA_CATEGORIES, type Directory } from '../core/directory/directory.ts'
import { INCIDENT_SEVERITIES, ringsAtNight } from '../core/severity/severity.ts'
import {
  ADDRESS_OF_ITS_KIND,
  addressFits,
  count,
  flag,
  id,
  instant,
  list,
  map,
  matching,
  oneOf,
  optional,
  shiftLength,
  text,
  UNTIL_AFTER_FROM,
  untilAfterFrom,
  wallTime,
  zone,
} from './directory-fields.ts'
import { findingRules } from './directory-finding-rules.ts'

const channel = map({ id, kind: id, address: text(2_000), verified: flag }).refine(addressFits, ADDRESS_OF_ITS_KIND)

const absence = map({ from: instant, until: instant, deputy: optional(id, null) }).refine(
  untilAfterFrom,
  UNTIL_AFTER_FROM,
)

const timeOfDay = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day in quotes, "HH:MM", such as "22:00"')

const responder = map({
  id,
  name: optional(text(200), null),
  zone,
  roles: list(id, 50),
  offDutyCalls: optional(flag, false),
  channels: optional(list(channel, 20), []),
  absences: optional(list(absence, 500), []),
  quietHours: optional(map({ from: timeOfDay, until: timeOfDay }), null),
  leavesAt: optional(instant, null),
  principals: optional(list(text(2_048), 50), []),
}).transform(named)

const override = map({ responder: id, from: instant, until: instant }).refine(untilAfterFrom, UNTIL_AFTER_FROM)

const rotation = map({
  id,
  zone,
  startsAt: wallTime,
  every: shiftLength,
  responders: list(id, 200, 1),
  overrides: optional(list(override, 5_000), []),
})

const candidate = map({ rotation: optional(id, null), responder: optional(id, null) })
  .refine((each) => (each.rotation === null) !== (each.responder === null), {
    error: 'either {rotation: <id>} or {responder: <id>}',
  })
  .transform(({ rotation, responder }) => (rotation === null ? { responder: responder ?? '' } : { rotation }))

const seat = map({
  role: id,
  ackWithinSeconds: count(60, 86_400),
  candidates: optional(list(candidate, 100), []),
})

const severity = oneOf(INCIDENT_SEVERITIES)

const policy = map({
  severity,
  checkInAfterSeconds: optional(count(60, 604_800), null),
  seats: list(seat, 20),
}).transform((each) => ({ ...each, checkInAfterSeconds: each.checkInAfterSeconds ?? checkInSeconds(each.severity) }))

/** The country codes that people write for what ISO 3166 calls GB and GR. */
const NOT_ISO = /^(?!UK\b|EL\b)/

const country = matching(
  new RegExp(`${NOT_ISO.source}(?!EU$)[A-Z]{2}$`),
  'a country of ISO 3166 in two letters, such as DE or GB',
)

const residence = matching(
  new RegExp(`${NOT_ISO.source}[A-Z]{2}(-[A-Z0-9]{1,3})?$`),
  'a country or subdivision of ISO 3166 such as DE or US-CA, or EU',
)

const account = map({
  id: matching(/^(\d{12}|\*)$/, 'an account of twelve digits in quotes, or "*"'),
  name: optional(text(200), null),
  environment: optional(text(200), 'unknown'),
  dataCategories: optional(list(oneOf(DATA_CATEGORIES), 50), []),
  residents: optional(list(residence, 300), []),
  sector: optional(text(200), null),
  entities: optional(list(map({ id, country, classes: optional(list(id, 50), []) }), 100), []),
}).transform(named)

/** The directory file of DESIGN section 7; what it gives is a `Directory`. Messages of its issues say what was expected. */
export const directoryFile = map({
  version: z.literal(1, { error: '1' }),
  responders: list(responder, 2_000),
  rotations: optional(list(rotation, 200), []),
  policies: list(policy, INCIDENT_SEVERITIES.length),
  accounts: optional(list(account, 5_000), []),
  findings: optional(findingRules, null),
}).transform(({ findings, ...rest }): Directory => (findings === null ? rest : { ...rest, findings }))

function named<T extends { id: string; name: string | null }>(each: T): Omit<T, 'name'> & { name: string } {
  return { ...each, name: each.name ?? each.id }
}

/** 30 minutes after the holder's last action where it is urgent, else an hour. */
function checkInSeconds(severity: (typeof INCIDENT_SEVERITIES)[number]): number {
  return ringsAtNight(severity) ? 1_800 : 3_600
}
