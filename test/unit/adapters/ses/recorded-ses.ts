import { expect } from 'vitest'
import { createSesClient } from '../../../../shared/adapters/ses/client.ts'
import { type SesOptions, sesProvider } from '../../../../shared/adapters/ses/provider.ts'
import { type Answer, json, RecordingServer } from '../recorded-requests.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' }

export const fails = (status: number, name: string, message = 'said so') =>
  json(status, { message }, { 'x-amzn-errortype': name })
const notSuppressed = fails(404, 'NotFoundException')
const accepted = json(200, { MessageId: '0100018-accepted' })

const services: RecordingServer[] = []

export async function stopServices(): Promise<void> {
  for (const service of services.splice(0)) await service.stop()
}

/** A provider over a service that knows no suppressed address and takes every mail, if not told otherwise. */
export async function ses({ check = notSuppressed, send = accepted }: { check?: Answer; send?: Answer } = {}) {
  const service = await RecordingServer.start(({ path }) => (path.includes('/suppression/') ? check : send))
  services.push(service)
  const unchecked: string[] = []
  return { service, unchecked, provider: over(service.url, { reportUnchecked: (why) => unchecked.push(why) }) }
}

export function over(endpoint: string | null, change: Partial<SesOptions> = {}) {
  const client = createSesClient({
    region: 'eu-central-1',
    credentials,
    requestMilliseconds: 300,
    ...(endpoint === null ? {} : { endpoint }),
  })
  return sesProvider({
    client,
    from: 'Muster <muster@alerts.example.com>',
    configurationSet: 'muster-mail',
    checkMilliseconds: 150,
    reportUnchecked: (why) => expect.unreachable(why),
    ...change,
  })
}
