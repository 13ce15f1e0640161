import { describe, expect, test } from 'vitest'
import { judgeKey, type KeyLooks } from '../../../../shared/core/readiness/judge-key.ts'
import { judgeTable, type TableFacts, type TableLooks } from '../../../../shared/core/readiness/judge-table.ts'
import { ADD, AGAIN, DENIED, line, SILENT, seen } from './looks.ts'

describe('a table', () => {
  const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/data-key'
  const FACTS: TableFacts = { isActive: true, isProtected: true, keyArn: KEY, hasStream: true }
  const LOOKS: TableLooks = {
    ...{ logicalId: 'IncidentsTable', name: 'muster-prod-incidents', keyId: 'data-key', needsStream: true },
    ...{ table: seen(FACTS), recoverable: seen(true) },
  }
  const FINE = [
    'ok table IncidentsTable: active',
    'ok table IncidentsTable: protected from deletion',
    "ok table IncidentsTable: encrypted with the stack's DataKey",
    'ok table IncidentsTable: stream',
    'ok table IncidentsTable: point-in-time recovery',
  ]
  const [stream, recoverable] = [FINE[3], FINE[4]]
  const judge = (facts: Partial<TableFacts>, looks: Partial<TableLooks> = {}) =>
    judgeTable({ ...LOOKS, table: seen({ ...FACTS, ...facts }), ...looks }).map(line)
  const STRAYED = "fail table IncidentsTable: not encrypted with the stack's DataKey — deploy the stack again"

  test('as it should be', () => {
    expect(judge({})).toEqual(FINE)
    expect(judge({ hasStream: false }, { needsStream: false })).toEqual(FINE.filter((one) => one !== stream))
  })

  test.each<[string, Partial<TableFacts>, Partial<TableLooks>, number, string]>([
    [
      ...(['not active', { isActive: false }, {}, 0] as const),
      'fail table IncidentsTable: not active — wait, or see what DynamoDB says of it; its key may be disabled',
    ],
    [
      ...(['not protected', { isProtected: false }, {}, 1] as const),
      'fail table IncidentsTable: not protected from deletion — aws dynamodb update-table --table-name muster-prod-incidents --deletion-protection-enabled',
    ],
    ['with a key of the service', { keyArn: null }, {}, 2, STRAYED],
    ['with another key', { keyArn: `${KEY}-2` }, {}, 2, STRAYED],
    ['in a stack without a key', {}, { keyId: null }, 2, STRAYED],
    [
      ...(['without a stream', { hasStream: false }, {}, 3] as const),
      'fail table IncidentsTable: no stream — deploy the stack again',
    ],
    [
      ...(['that cannot be restored', {}, { recoverable: seen(false) }, 4] as const),
      'fail table IncidentsTable: no point-in-time recovery — aws dynamodb update-continuous-backups --table-name muster-prod-incidents --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true',
    ],
    [
      ...(['whose recovery may not be looked at', {}, { recoverable: DENIED }, 4] as const),
      `warn table IncidentsTable, its recovery — ${ADD}`,
    ],
  ])('%s: the others are said too', (_name, facts, looks, place, expected) => {
    expect(judge(facts, looks)).toEqual(FINE.with(place, expected))
  })

  test('what cannot be seen', () => {
    expect(judge({}, { table: DENIED })).toEqual([`warn table IncidentsTable — ${ADD}`, recoverable])
    expect(judge({}, { table: SILENT })).toEqual([`fail table IncidentsTable — ${AGAIN}`, recoverable])
    expect(judge({}, { table: seen(null) })).toEqual([
      'fail table IncidentsTable: does not exist — deploy the stack again',
    ])
  })
})

describe('a key', () => {
  const ENABLED = seen({ state: 'Enabled', canRotate: true })
  const inState = (state: string) => seen({ state, canRotate: false })

  test.each<[string, Pick<KeyLooks, 'key' | 'rotates'>, string[]]>([
    ['that rotates', { key: ENABLED, rotates: seen(true) }, ['ok key DataKey: enabled', 'ok key DataKey: rotates']],
    [
      'that does not',
      { key: ENABLED, rotates: seen(false) },
      ['ok key DataKey: enabled', 'warn key DataKey: does not rotate — aws kms enable-key-rotation --key-id id-1'],
    ],
    ['that cannot rotate', { key: inState('Enabled'), rotates: null }, ['ok key DataKey: enabled']],
    [
      'that is disabled',
      { key: inState('Disabled'), rotates: null },
      ['fail key DataKey: disabled — aws kms enable-key --key-id id-1'],
    ],
    [
      'about to be deleted',
      { key: inState('PendingDeletion'), rotates: null },
      [
        'fail key DataKey: about to be deleted — at once: aws kms cancel-key-deletion --key-id id-1, then aws kms enable-key --key-id id-1',
      ],
    ],
    [
      'in another state',
      { key: inState('Unavailable'), rotates: null },
      ['fail key DataKey: Unavailable — see what KMS says of it'],
    ],
    ['that is gone', { key: seen(null), rotates: null }, ['fail key DataKey: does not exist — deploy the stack again']],
    ['not to be looked at', { key: DENIED, rotates: null }, [`warn key DataKey — ${ADD}`]],
    [
      'whose rotation is not to be looked at',
      { key: ENABLED, rotates: DENIED },
      ['ok key DataKey: enabled', `warn key DataKey, its rotation — ${ADD}`],
    ],
  ])('%s', (_name, looks, expected) => {
    expect(judgeKey({ logicalId: 'DataKey', keyId: 'id-1', ...looks }).map(line)).toEqual(expected)
  })
})
