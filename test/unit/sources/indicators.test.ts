import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  accessKeyIndicator,
  anyIndicator,
  domainIndicator,
  hashIndicator,
  ipIndicator,
  malwareIndicator,
  tidyIndicators,
} from '../../../shared/sources/indicators.ts'

test.each([
  ['198.51.100.7', true],
  [' 203.0.113.9 ', true],
  ['172.32.0.1', true],
  ['100.128.0.1', true],
  ['2001:db8::7', true],
  ['2001:DB8:0:0:0:0:0:7', true],
  ['10.1.2.3', false],
  ['172.31.255.255', false],
  ['192.168.0.1', false],
  ['100.64.0.1', false],
  ['169.254.169.254', false],
  ['127.0.0.1', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['198.51.100.256', false],
  ['198.51.100', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['::1', false],
  ['2001:db8::1::2', false],
  ['2001:db8', false],
  ['2001:db8:::1', false],
  ['2001:xyz::1', false],
  ['', false],
  [undefined, false],
])('%j is a public address: %s', (text, isPublic) => {
  expect(ipIndicator(text)).toEqual(isPublic ? [`ip:${text?.trim().toLowerCase()}`] : [])
})

test.each([
  ['Drop.Example.NET.', ['domain:drop.example.net']],
  ['_dmarc.example.net', ['domain:_dmarc.example.net']],
  ['iam.amazonaws.com', []],
  ['s3.cn-north-1.amazonaws.com.cn', []],
  ['ip-10-0-0-1.eu-central-1.compute.internal', []],
  ['localhost', []],
  ['198.51.100.7', []],
  ['not a domain.net', []],
  [undefined, []],
])('the domain %j', (text, expected) => {
  expect(domainIndicator(text)).toEqual(expected)
})

test('hashes by their length, access keys in any form, names of malware', () => {
  expect(
    ['a'.repeat(32), 'B'.repeat(40), 'c'.repeat(64), 'd'.repeat(63), 'x'.repeat(64)].flatMap(hashIndicator),
  ).toEqual([`md5:${'a'.repeat(32)}`, `sha1:${'b'.repeat(40)}`, `sha256:${'c'.repeat(64)}`])
  expect(['AKIAEXAMPLEEXAMPLE01', 'AWS::IAM::AccessKey:ASIAEXAMPLEEXAMPLE01'].flatMap(accessKeyIndicator)).toEqual([
    'access-key:AKIAEXAMPLEEXAMPLE01',
    'access-key:ASIAEXAMPLEEXAMPLE01',
  ])
  expect(['AIDAEXAMPLEEXAMPLE01', 'GeneratedFindingAccessKeyId', undefined].flatMap(accessKeyIndicator)).toEqual([])
  expect([' EICAR ', ' ', undefined].flatMap(malwareIndicator)).toEqual(['malware:eicar'])
  expect(['198.51.100.7', 'evil.exe', 'e'.repeat(64)].flatMap(anyIndicator)).toEqual([
    'ip:198.51.100.7',
    `sha256:${'e'.repeat(64)}`,
  ])
})

test('at most 20, 2,000 bytes, and each once', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 300 }), { maxLength: 40 }), (all) => {
      const tidy = tidyIndicators(all)
      expect(new Set(tidy).size).toBe(tidy.length)
      expect(tidy.length).toBeLessThanOrEqual(20)
      expect(Buffer.byteLength(tidy.map((one) => JSON.stringify(one).slice(1, -1)).join(''))).toBeLessThanOrEqual(2_000)
    }),
  )
})
