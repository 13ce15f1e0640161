import type { Channel, Directory } from '../../../shared/core/directory/directory.ts'
import type { Table } from '../../../shared/ports/table.ts'
import { InMemoryMuster } from './in-memory-muster.ts'

const mail = (id: string): Channel => ({ id: 'mail', kind: 'email', address: `${id}@example.com`, verified: true })
const phone = (address: string): Channel => ({ id: 'phone', kind: 'sms', address, verified: true })

/** The first commander's number. */
export const NUMBER = '+12025550101'
export const COMMANDER = 'incident-commander-1'
export const SEAT = 'incident-commander'

/** Muster over a table in memory, where each person is called by text first, then by mail; each has a number of their own. */
export async function textMuster(table?: Table): Promise<InMemoryMuster> {
  const muster = await InMemoryMuster.start(table)
  const { directory } = await muster.deps.directory.current()
  await muster.use(withNumbers(directory))
  return muster
}

function withNumbers(directory: Directory): Directory {
  const responders = directory.responders.map((one, index) => {
    return { ...one, channels: [phone(`+1202555${String(101 + index).padStart(4, '0')}`), mail(one.id)] }
  })
  return { ...directory, responders }
}

/** The code that the last page to a person showed for a seat. */
export function codeShown({ sent }: InMemoryMuster, responderId: string, role = SEAT): string {
  const seats = sent.filter((message) => message.responderId === responderId).flatMap((message) => message.seats)
  const code = seats.findLast((seat) => seat.role === role)?.replyCode
  if (!code) throw new Error(`no code was shown to ${responderId}`)
  return code
}
