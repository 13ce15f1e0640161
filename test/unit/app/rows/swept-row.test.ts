import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sweptItem } from '../../../../shared/app/rows/swept-row.ts'
import type { Attribute, Item } from '../../../../shared/ports/table.ts'

const AT = '2027-03-10T10:00:00.000Z'
const LATER = '2027-03-11T10:00:00.000Z'
const row = (pk: string, sk: string, attributes: Record<string, Attribute> = {}): Item => ({ pk, sk, ...attributes })
const body = (change: object) =>
  JSON.stringify({ finding: { lastSeenAt: AT }, versions: { asff: { updatedAt: LATER } }, incidentId: null, ...change })

describe('what a row says of its own end', () => {
  it.each<[string, 'incidents' | 'findings', Item, object, string[]]>([
    [
      'a quarantined event, and its parts, by their keys',
      'findings',
      row('Q#2027-03-10#1', `${AT}#q-1#001`, { body: '{}' }),
      { kind: 'quarantine', lastAt: AT, incidentId: null },
      [],
    ],
    [
      'an ignored finding, by its last sight',
      'findings',
      row('F#a', 'F', { revision: 0, listAt: AT, listPk: 'ignored#0', body: body({}) }),
      { kind: 'ignored-finding', lastAt: LATER, incidentId: null },
      ['revision', 'listAt'],
    ],
    [
      'word for a signal that has not come',
      'findings',
      row('F#a', 'F', { revision: 0, absorber: 'sequence', at: AT }),
      { kind: 'awaited-signal', lastAt: AT, incidentId: null },
      ['revision', 'absorber', 'at'],
    ],
    [
      'an indicator that an incident named',
      'incidents',
      row('IND#a', 'INC#inc-1', { indicator: 'ip:198.51.100.7', incidentId: 'inc-1', accountId: '1', at: AT }),
      { kind: 'indicator', lastAt: AT, incidentId: null },
      ['at'],
    ],
    [
      'a finding of an incident',
      'findings',
      row('F#a', 'F', { revision: 3, body: body({ incidentId: 'inc-1' }) }),
      { kind: 'incident-finding', lastAt: LATER, incidentId: 'inc-1' },
      ['revision'],
    ],
    [
      'a claim that was answered',
      'incidents',
      row('FX#inc-1.2.3', 'FX', { takeover: 2, answer: '{}', leaseUntilMs: 1, tries: 0 }),
      { kind: 'claim', lastAt: null, incidentId: 'inc-1' },
      ['takeover', 'answer'],
    ],
    [
      'a receipt, by its arrival',
      'incidents',
      row('FX#inc-1.2.3', 'R#x', { at: AT, receivedAt: LATER }),
      { kind: 'receipt', lastAt: LATER, incidentId: 'inc-1' },
      ['receivedAt'],
    ],
    [
      'an answer of an incident, also one without an instant',
      'incidents',
      row('CAUSE#a', 'A', { incidentId: 'inc-1', sequence: 4, answer: '{}' }),
      { kind: 'answer', lastAt: null, incidentId: 'inc-1' },
      ['sequence'],
    ],
    [
      'an answer that stands for itself',
      'incidents',
      row('CAUSE#a', 'A', { at: AT, answer: '{}' }),
      { kind: 'answer', lastAt: AT, incidentId: null },
      ['at'],
    ],
    [
      'a reply code',
      'incidents',
      row('CODE#ana#4711', 'P', { at: AT, incidentId: 'inc-1', role: 'legal-counsel' }),
      { kind: 'reply-code', lastAt: AT, incidentId: null },
      ['at', 'incidentId', 'role'],
    ],
    [
      'a seat that was let go',
      'incidents',
      row('PERSON#ana', 'INC#inc-1#legal-counsel', { sequence: 9 }),
      { kind: 'let-go-seat', lastAt: null, incidentId: 'inc-1' },
      ['sequence'],
    ],
  ])('%s', (_, table, item, swept, judged) => {
    const read = sweptItem(table, item)
    expect(read?.row).toEqual(swept)
    expect(read?.asJudged).toEqual(judged.map((attribute) => ({ kind: 'equal', attribute, value: item[attribute] })))
  })

  it.each<[string, 'incidents' | 'findings', Item]>([
    ['a claim without an answer', 'incidents', row('FX#inc-1.2.3', 'FX', { takeover: 1, leaseUntilMs: 1 })],
    ['a claim of nothing that we sent', 'incidents', row('FX#other', 'FX', { takeover: 1, answer: '{}' })],
    ['an answer of old, of which nobody knows when', 'incidents', row('CAUSE#a', 'A', { answer: '{}' })],
    ['a seat that is held', 'incidents', row('PERSON#ana', 'INC#inc-1#legal-counsel', { sequence: 9, listPk: 'held' })],
    ['an ignored finding that is not listed', 'findings', row('F#a', 'F', { revision: 0, body: body({}) })],
    ['a finding without its text', 'findings', row('F#a', 'F', { revision: 0 })],
    ['rows of the other table', 'findings', row('CODE#ana#4711', 'P', { at: AT, incidentId: 'i', role: 'r' })],
    ['rows of the other table', 'incidents', row('F#a', 'F', { revision: 0, listAt: AT, body: body({}) })],
  ])('%s is kept', (_, table, item) => {
    expect(sweptItem(table, item)).toBeNull()
  })
})

/** Families of the record, with anything behind, and whatever attributes rows of other families have. */
const family = fc.constantFrom('INC#', 'NOTE#', 'DIR', 'DIR#', 'GRP#', 'SYS#', 'XFX#', 'inc#', 'Q', 'FXX#', 'C#')
const sort = fc.constantFrom('HEAD', 'C#000001', 'P', 'A', 'F', 'FX', 'NOW', 'STATE', 'R#1', 'INC#inc-1#x', `${AT}#q-1`)
const value = fc.oneof(fc.string(), fc.integer(), fc.constantFrom(AT, 'inc-1', body({}), body({ incidentId: 'inc-1' })))
const NAMES = ['at', 'body', 'answer', 'takeover', 'sequence', 'incidentId', 'role', 'receivedAt', 'revision', 'listAt']
const attributes = fc.dictionary(fc.constantFrom(...NAMES), value)

describe('the record', () => {
  it('never has an end: commits, heads, notes, directories, pointers, Muster’s own rows, and what nobody knows', () => {
    const table = fc.constantFrom('incidents' as const, 'findings' as const)
    fc.assert(
      fc.property(table, family, fc.string(), sort, attributes, (name, prefix, rest, sk, given) => {
        expect(sweptItem(name, { ...given, pk: prefix + rest, sk })).toBeNull()
      }),
      { numRuns: 2000 },
    )
  })
})
