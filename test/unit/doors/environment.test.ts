import { afterEach, describe, expect, it, vi } from 'vitest'
import { readEnvironment } from '../../../shared/doors/environment.ts'

afterEach(() => vi.unstubAllEnvs())

describe('readEnvironment', () => {
  it('reads what a function names, and no more', () => {
    vi.stubEnv('AWS_REGION', 'eu-central-1')
    vi.stubEnv('MUSTER_MESSAGES_QUEUES', '{"email": "https://sqs.example.com/mail"}')
    expect(readEnvironment('AWS_REGION', 'MUSTER_MESSAGES_QUEUES')).toEqual({
      AWS_REGION: 'eu-central-1',
      MUSTER_MESSAGES_QUEUES: { email: 'https://sqs.example.com/mail' },
    })
  })

  it('names everything that is missing or wrong at once, and what was expected, but not what was found', () => {
    vi.stubEnv('MUSTER_PUBLIC_URL', 'javascript:secret')
    vi.stubEnv('MUSTER_MESSAGES_QUEUES', '{"email": "secret"}')
    vi.stubEnv('MUSTER_LINK_KEY', undefined)
    const read = () => readEnvironment('MUSTER_PUBLIC_URL', 'MUSTER_MESSAGES_QUEUES', 'MUSTER_LINK_KEY')
    expect(read).toThrow(/MUSTER_PUBLIC_URL: expected a URL.*MUSTER_MESSAGES_QUEUES: expected JSON.*MUSTER_LINK_KEY/)
    expect(read).not.toThrow(/secret/)
  })

  it.each(['', 'no JSON', '[]', '{"email": 5}'])('refuses %o as queues', (text) => {
    vi.stubEnv('MUSTER_MESSAGES_QUEUES', text)
    expect(() => readEnvironment('MUSTER_MESSAGES_QUEUES')).toThrow('MUSTER_MESSAGES_QUEUES')
  })
})
