import { describe, expect, it } from 'vitest'
import type { AwsRequest } from './aws-request.ts'
import { checkRequest, readCall } from './check-request.ts'
import { awsRequest, LETTERS } from './small-models.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

function found(request: AwsRequest): string[] {
  return checkRequest(LETTERS, request).map((one) => `${one.operation} ${one.member} ${one.rule} ${one.found}`)
}

function get(path: string, headers: Record<string, string> = {}): AwsRequest {
  return awsRequest({ method: 'GET', path, headers })
}

describe('a request in REST JSON', () => {
  it('has its members in path, header and body', () => {
    const request = awsRequest({
      path: '/v1/boxes/my%20box/letters',
      headers: { ...JSON_TYPE, 'x-token': 't' },
      body: { subject: 'Hello' },
    })
    expect(found(request)).toEqual([])
    expect(readCall(LETTERS, request)).toEqual({
      operation: 'SendLetter',
      input: { Box: 'my box', Token: 't', Subject: 'Hello' },
    })
  })

  it('has its members in the query', () => {
    const request = get('/v1/boxes/a/letters?pageSize=5&sender=x&sender=y&since=2026-11-24T03:12:00Z&opened=true', {
      'if-read-since': 'Tue, 24 Nov 2026 03:12:00 GMT',
    })
    expect(found(request)).toEqual([])
    expect(readCall(LETTERS, request)?.input).toEqual({
      Box: 'a',
      PageSize: 5,
      Senders: ['x', 'y'],
      Since: '2026-11-24T03:12:00Z',
      Opened: true,
      ReadAt: 'Tue, 24 Nov 2026 03:12:00 GMT',
    })
  })

  it.each([
    ['pageSize=101', 'PageSize range 101'],
    ['pageSize=many', 'PageSize type "many"'],
    ['pagesize=5', 'pagesize unknown-member pagesize'],
    ['sender=1&sender=2&sender=3', 'Senders length 3 elements'],
    ['since=1790000000', 'Since type "1790000000"'],
    ['opened=yes', 'Opened type "yes"'],
  ])('has a wrong query: %s', (query, expected) => {
    expect(found(get(`/v1/boxes/a/letters?${query}`))).toEqual([`letters.ListLetters ${expected}`])
  })

  it('has a wrong path, header or body', () => {
    expect(found(get('/v1/boxes/A%ZZ/letters'))).toEqual(['letters.ListLetters Box pattern "A%ZZ"'])
    const odd = get('/v1/boxes/a/letters', { 'if-read-since': '2026-11-24T03:12:00Z' })
    expect(found(odd)).toEqual(['letters.ListLetters ReadAt type "2026-11-24T03:12:00Z"'])
    const send = (body: unknown, headers: Record<string, string> = JSON_TYPE) =>
      found(awsRequest({ path: '/v1/boxes/a/letters', headers, body }))
    expect(send({ Subject: 'Hello' })).toEqual([
      'letters.SendLetter Subject unknown-member Subject',
      'letters.SendLetter Subject required nothing',
    ])
    expect(send('')).toEqual(['letters.SendLetter Subject required nothing'])
    expect(send('{')).toEqual(['letters.SendLetter  body {'])
    expect(send({ subject: 'Hello' }, {})).toEqual(['letters.SendLetter content-type header nothing'])
  })

  it('may be a body of its own, with headers of any name', () => {
    const file = (headers: Record<string, string>, body: string) =>
      awsRequest({ method: 'PUT', path: '/v1/files/a/b.txt', headers, body })
    const fine = file({ 'x-note-a': '1', 'x-note-b': '2', other: '3' }, 'content')
    expect(found(fine)).toEqual([])
    expect(readCall(LETTERS, fine)?.input).toEqual({
      Path: 'a/b.txt',
      Notes: { a: '1', b: '2' },
      Content: new TextEncoder().encode('content'),
    })
    expect(found(file({}, 'too much content'))).toEqual(['letters.PutFile Content length 16 bytes'])
    expect(found(file({}, ''))).toEqual(['letters.PutFile Content required nothing'])
  })

  it('may take any parameter', () => {
    expect(found(get('/v1/search?a=1&b=2'))).toEqual([])
    expect(found(get('/v1/search?a=1&b=2&c=3'))).toEqual(['letters.Search Filters length 3 entries'])
  })

  it('calls the operation that has most of its path written out', () => {
    const operation = (path: string) => readCall(LETTERS, get(path))?.operation
    expect(operation('/v1/boxes/a/letters')).toBe('ListLetters')
    expect(operation('/v1/boxes/a/letters?state=opened')).toBe('ListOpened')
    expect(operation('/v1/boxes/a/letters/latest')).toBe('GetLetter')
    expect(operation('/v1/boxes/a/b/letters')).toBeUndefined()
    expect(operation('//v1/search')).toBeUndefined()
    expect(found(get('/v1/boxes'))).toEqual(['letters  operation GET /v1/boxes'])
    expect(found(awsRequest({ method: 'DELETE', path: '/v1/search' }))).toEqual([
      'letters  operation DELETE /v1/search',
    ])
  })
})
