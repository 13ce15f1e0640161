import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTextWords } from '../../../../shared/sources/replies/text-words.ts'

describe('what a text asks for', () => {
  test.each([
    ['ACK 4711', 'acknowledge', '4711'],
    ['ack4711', 'acknowledge', '4711'],
    ['  Ack   4711 \n', 'acknowledge', '4711'],
    ['“ACK 4711”', 'acknowledge', '4711'],
    ['ACK: #4711.', 'acknowledge', '4711'],
    ['ACK 4711 on my way', 'acknowledge', '4711'],
    ['Acknowledged 4711', 'acknowledge', '4711'],
    ['ACK ４７１１', 'acknowledge', '4711'],
    ['ack', 'acknowledge', null],
    ['Ack!', 'acknowledge', null],
    ['DECLINE 4711', 'decline', '4711'],
    ['Decline 4711, on a plane', 'decline', '4711'],
    ['declined', 'decline', null],
  ])('%j: %s %s', (body, action, code) => {
    expect(readTextWords(body)).toEqual({ kind: 'answer', action, code })
  })

  test.each([
    '',
    '4711',
    'yes',
    'ACK 471',
    'ACK 47111',
    'ACK 4711 4712',
    'ACK 4711x',
    'ACK ok',
    'not ACK 4711',
    'ACKACK',
    'ACK DECLINE 4711',
    'who is this?',
  ])('%j is unclear', (body) => {
    expect(readTextWords(body)).toEqual({ kind: 'unclear' })
  })

  test.each(['STOP', 'stop.', 'Unsubscribe', 'OPT-OUT', 'help', 'START', 'arret'])('%j is for the service', (body) => {
    expect(readTextWords(body)).toEqual({ kind: 'service-keyword' })
  })

  test('any text is read, in no time', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.constant('ack'.padEnd(10_000)))
    fc.assert(fc.property(texts, (body) => typeof readTextWords(body).kind === 'string'))
    expect(readTextWords(`${' '.repeat(9_000)}x`).kind).toBe('unclear')
    expect(readTextWords(`ack${' '.repeat(9_000)}x`).kind).toBe('unclear')
  })
})
