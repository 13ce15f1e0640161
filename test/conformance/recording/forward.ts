import { request as send } from 'node:http'
import type { AwsRequest } from '../aws-models/aws-request.ts'
import type { Answer } from './answer.ts'

/** Of one connection only, not of what is sent through it. */
const HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'expect']

/**
 * Sends a request on as it came, with the host that it was sent to (emulators write it into the addresses that they
 * answer), and returns the answer. Rejects when there is none.
 */
export function forward(upstream: string, { method, path, headers, body }: AwsRequest): Promise<Answer> {
  const { hostname, port } = new URL(upstream)
  const options = { hostname, port, method, path, headers: { ...withoutHop(headers), 'content-length': body.length } }
  return new Promise((resolve, reject) => {
    const request = send(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () => {
        const answered = withoutHop(response.headers as Record<string, string>)
        resolve({ status: response.statusCode ?? 502, body: Buffer.concat(chunks), headers: answered })
      })
    })
    request.once('error', reject)
    request.end(body)
  })
}

function withoutHop(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP.includes(name)))
}
