import { commitKey, effectKey, headKey } from '../../../shared/app/rows/keys.ts'
import { matches, validatePattern } from '../event-pattern/matches.ts'
import { partOf } from '../iam-policy/template-values.ts'
import { type Check, faultIf, listOf } from './template.ts'
import { mappings } from './wiring.ts'

type Key = ReturnType<typeof headKey>

/** Records of the stream, and whether the function has anything to do for them. */
const RECORDS: readonly (readonly [what: string, eventName: string, key: Key, isWanted: boolean])[] = [
  ['a new commit', 'INSERT', commitKey('i-1', 1), true],
  ['a commit whose mark is taken off', 'MODIFY', commitKey('i-1', 1), false],
  ['a new head', 'INSERT', headKey('i-1'), false],
  ['a newer head', 'MODIFY', headKey('i-1'), false],
  ['a claim', 'INSERT', effectKey('e-1'), false],
]

/** Only new commits wake the function behind the stream: each other record would be a call for nothing. */
export const streamFilterFaults: Check = (template) => {
  const streams = mappings(template).filter(({ source }) => source.type === 'AWS::DynamoDB::Table')
  return streams.flatMap(({ resource: { id, property } }) => {
    const filters = listOf(property('FilterCriteria', 'Filters')).map((filter) => partOf(filter, ['Pattern']))
    const patterns = filters.map((text) => JSON.parse(String(text)) as unknown)
    const invalid = patterns.flatMap((pattern) => validatePattern(pattern))
    if (patterns.length === 0 || invalid.length > 0) return [`${id}: has no filter that AWS would take: ${invalid}`]
    return RECORDS.flatMap(([what, eventName, { pk, sk }, isWanted]) => {
      const record = { eventName, dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } } } }
      const passes = patterns.some((pattern) => matches(pattern, record))
      return faultIf(passes !== isWanted, `${id}: ${what} ${passes ? 'wakes' : 'does not wake'} the function`)
    })
  })
}
