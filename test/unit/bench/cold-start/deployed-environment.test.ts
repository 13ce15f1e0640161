import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { deployedEnvironment, STACK_VARIABLES } from '../../../bench/cold-start/deployed-environment.ts'
import { PAGING_HANDLERS } from '../../../bench/cold-start/handlers.ts'

const read = (text: string) => parseDocument(text, { logLevel: 'silent' })

describe('deployedEnvironment', () => {
  const written = read(`
provider: {environment: {LEVEL: info, TABLE: !Ref Table}}
functions:
  one: {environment: &shared {QUEUE: !GetAtt Queue.Arn, URL: "https://\${Api}", CHANNEL: email}}
  two: {environment: *shared}
`)

  it('takes what is written out, and the rest from the stack', () => {
    const stack = { TABLE: 'table-1', QUEUE: 'queue-1', URL: 'url-1', CHANNEL: 'sms' }
    const expected = { LEVEL: 'info', TABLE: 'table-1', QUEUE: 'queue-1', URL: 'url-1', CHANNEL: 'email' }
    expect(deployedEnvironment(written, 'one', stack)).toEqual(expected)
    expect(deployedEnvironment(written, 'two', stack)).toEqual(expected)
  })

  it('names every variable that nobody knows', () => {
    expect(() => deployedEnvironment(written, 'one', { TABLE: 'table-1' })).toThrow(
      'one: no local value for QUEUE, URL',
    )
  })

  it('names a function that is not there', () => {
    expect(() => deployedEnvironment(written, 'three', {})).toThrow('functions.three.environment')
  })

  it.each(PAGING_HANDLERS)('knows all of $functionName', ({ functionName }) => {
    const serverless = read(readFileSync('serverless.yml', 'utf8'))
    expect(deployedEnvironment(serverless, functionName, STACK_VARIABLES)).toHaveProperty('MUSTER_INCIDENTS_TABLE')
  })
})
