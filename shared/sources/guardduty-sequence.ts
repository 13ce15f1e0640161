import { guardDutyKey } from '../core/findings/finding-key.ts'
import { guardDutyIdOf, parseArn } from './arn.ts'
import { tagList } from './resource-tags.ts'
import { list, optionalText, part } from './tolerant-schema.ts'

const MOST_SIGNALS = 100
const word = optionalText(256)
const id = optionalText(2048)
const indicator = part({ key: word, values: list(word, 20) })

const actor = part({
  user: part({ name: word, uid: id, type: word, credentialUid: word, account: part({ uid: word }) }),
  session: part({ uid: id, issuer: id }),
  process: part({ sha256: word }),
})

const resource = part({
  uid: id,
  name: id,
  resourceType: word,
  accountId: word,
  tags: tagList,
  data: part({ accessKey: part({ principalId: word, userName: word, userType: word }) }),
})

/** `detail.service.detection.sequence`: what an attack sequence is made of. */
export const guardDutySequence = part({
  actors: list(actor, 100),
  resources: list(resource, 100),
  endpoints: list(part({ ip: word, domain: word }), 100),
  signals: list(part({ uid: id, type: word, signalIndicators: list(indicator, 20) }), MOST_SIGNALS),
  sequenceIndicators: list(indicator, 50),
})

interface Signal {
  readonly uid?: string | undefined
  readonly type?: string | undefined
}

/**
 * The keys of the findings among an attack sequence's signals; the others are events in logs. Such a signal is named by
 * the finding's ARN, or by its id, which then is one of the sequence's own account and region.
 */
export function signalKeys(signals: readonly Signal[], where: { accountId: string; region: string }): string[] {
  const keys = signals.flatMap(({ uid, type }) => {
    if (uid === undefined) return []
    const arn = parseArn(uid)
    const ofArn = guardDutyIdOf(arn)
    if (arn !== null && ofArn !== null) return [guardDutyKey({ accountId: arn.account, region: arn.region, id: ofArn })]
    return arn === null && type?.toUpperCase() === 'FINDING' ? [guardDutyKey({ ...where, id: uid })] : []
  })
  return [...new Set(keys)].slice(0, MOST_SIGNALS)
}
