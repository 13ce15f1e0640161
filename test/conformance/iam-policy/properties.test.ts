import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAllowed } from './is-allowed.ts'
import type { AccessRequest, ContextValue } from './request.ts'

const RUNS = { numRuns: 1_000 }
const arn = fc.constantFrom('a', 'a/b', 'a:b', 'b', '').map((name) => `arn:aws:sqs:eu-west-1:111122223333:q${name}`)
const context = fc.dictionary(
  fc.constantFrom('aws:k', 'aws:username'),
  fc.constantFrom<ContextValue>('a', 'ab', '*', ''),
)
const request: fc.Arbitrary<AccessRequest> = fc.record({
  action: fc.constantFrom('sqs:SendMessage', 'sqs:ReceiveMessage', 'sns:Publish'),
  resource: arn,
  context,
})

const actions = fc.uniqueArray(fc.constantFrom('*', 'sqs:*', 'SQS:Send*', 'sns:Publish', 'sqs:?eceiveMessage'), {
  minLength: 1,
})
const resources = fc.uniqueArray(
  fc.oneof(arn, fc.constantFrom('*', 'arn:aws:sqs:*', 'arn:aws:sqs:*:*:qa*', `arn:aws:sqs:*:*:q\${aws:username}`)),
  { minLength: 1 },
)
const operator = fc.constantFrom(
  ...['StringEquals', 'StringNotEquals', 'StringLike', 'StringLikeIfExists', 'ForAnyValue:StringLike', 'Null'],
)
const condition = operator.chain((name) => {
  const values = name === 'Null' ? ['true', 'false'] : ['a', 'a*', '?', `\${aws:username}`]
  return fc.record({ [name]: fc.record({ 'aws:k': fc.constantFrom(...values) }) })
})
const scope = fc
  .tuple(fc.constantFrom('Action', 'NotAction'), actions, fc.constantFrom('Resource', 'NotResource'), resources)
  .map(([action, named, resource, arns]) => ({ [action]: named, [resource]: arns }))
const statement = fc
  .tuple(fc.constantFrom('Allow', 'Deny'), scope, fc.option(condition))
  .map(([effect, parts, met]) => ({ Effect: effect, ...parts, ...(met && { Condition: met }) }))
const policy = fc.array(statement, { maxLength: 3 }).map((list) => ({ Version: '2012-10-17', Statement: list }))
const policies = fc.array(policy, { maxLength: 3 })

test('a Deny that covers the request wins over whatever else', () => {
  const everything = { Statement: { Effect: 'Deny', Action: '*', Resource: '*' } }
  fc.assert(
    fc.property(policies, request, fc.nat(), (given, asked, at) => {
      const place = at % (given.length + 1)
      const together = [...given.slice(0, place), everything, ...given.slice(place)]
      expect(isAllowed(together, asked)).toBe('explicitly-denied')
    }),
    RUNS,
  )
})

test('a further Deny never allows, a further Allow never takes away', () => {
  fc.assert(
    fc.property(policies, statement, request, (given, more, asked) => {
      const before = isAllowed(given, asked)
      const after = isAllowed([...given, { Version: '2012-10-17', Statement: more }], asked)
      const possible =
        more.Effect === 'Deny' ? [before, 'explicitly-denied'] : [before, before.replace(/^denied/, 'allowed')]
      expect(possible).toContain(after)
    }),
    RUNS,
  )
})

test('neither order nor division into policies matters', () => {
  fc.assert(
    fc.property(policies, request, (given, asked) => {
      const statements = given.flatMap(({ Statement }) => Statement)
      const joined = { Version: '2012-10-17', Statement: statements.toReversed() }
      expect(isAllowed([joined], asked)).toBe(isAllowed(given, asked))
    }),
    RUNS,
  )
})

test('what is listed in one statement could stand in statements of its own', () => {
  fc.assert(
    fc.property(actions, resources, request, (named, arns, asked) => {
      const one = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: named, Resource: arns } }
      const apart = named.flatMap((action) =>
        arns.map((resource) => ({
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: action, Resource: resource },
        })),
      )
      expect(isAllowed(apart, asked)).toBe(isAllowed([one], asked))
    }),
    RUNS,
  )
})

test('NotAction and NotResource cover exactly what Action and Resource do not', () => {
  const allowing = (parts: object) => ({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...parts } })
  fc.assert(
    fc.property(actions, resources, request, (named, arns, asked) => {
      const does = (parts: object) => isAllowed([allowing(parts)], asked) === 'allowed'
      expect(does({ NotAction: named, Resource: '*' })).toBe(!does({ Action: named, Resource: '*' }))
      expect(does({ Action: '*', NotResource: arns })).toBe(!does({ Action: '*', Resource: arns }))
    }),
    RUNS,
  )
})

test('a resource without wildcards covers itself alone, whatever its characters', () => {
  const name = fc.string({ unit: 'binary' }).filter((text) => !/[*?$]/.test(text))
  fc.assert(
    fc.property(name, name, (own, other) => {
      const resource = `arn:aws:s3:::b/${own}`
      const asks = (asked: string): AccessRequest => ({ action: 's3:GetObject', resource: asked, context: {} })
      const policy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: resource } }
      expect(isAllowed([policy], asks(resource))).toBe('allowed')
      expect(isAllowed([policy], asks(`arn:aws:s3:::b/${other}`))).toBe(own === other ? 'allowed' : 'denied')
    }),
    RUNS,
  )
})
