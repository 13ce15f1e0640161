import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Delivered, each, type Handled, type RetryPolicy, settleBatch } from '../../../shared/app/settle-batch.ts'
import { PermanentFault, TransientFault } from '../../../shared/ports/faults.ts'

const POLICY: RetryPolicy = { queue: 'wakes', mostReceives: 4, waitMs: [1000, 5000] }

function recorder() {
  const raised: unknown[] = []
  return { raised, alarms: { raise: (name: string, detail: unknown) => raised.push([name, detail]) } }
}

const message = (body: string, receives = 1): Delivered<string> => ({ id: `m-${body}`, body, receives })
const done: Handled = { status: 'done' }

describe('settleBatch', () => {
  it('settles what is done and hands back what is too early, each in its place', async () => {
    const { alarms } = recorder()
    const early: Handled = { status: 'again', afterMs: 700 }
    const settled = await settleBatch({ alarms }, [message('a'), message('b', 99)], async () => [done, early], POLICY)
    expect(settled).toEqual([{ status: 'settled' }, { status: 'again', afterMs: 700, failed: false }])
  })

  it('lets a fault fail its own message alone', async () => {
    const { alarms } = recorder()
    const handle = each(async (body: string) => {
      if (body === 'b') throw new TransientFault('down')
      return done
    })
    const settled = await settleBatch(
      { alarms },
      ['a', 'b', 'c'].map((body) => message(body)),
      handle,
      POLICY,
    )
    expect(settled.map(({ status }) => status)).toEqual(['settled', 'again', 'settled'])
  })

  it('handles each message alone when the batch fails as a whole', async () => {
    const { alarms } = recorder()
    const handle = async (bodies: readonly string[]) => {
      if (bodies.includes('b')) throw new TransientFault('down')
      return bodies.map(() => done)
    }
    const settled = await settleBatch(
      { alarms },
      ['a', 'b', 'c'].map((body) => message(body)),
      handle,
      POLICY,
    )
    expect(settled.map(({ status }) => status)).toEqual(['settled', 'again', 'settled'])
  })

  it('takes a missing result for a failure', async () => {
    const { alarms } = recorder()
    const settled = await settleBatch({ alarms }, [message('a'), message('b')], async () => [done], POLICY)
    expect(settled).toEqual([{ status: 'settled' }, { status: 'again', afterMs: 1000, failed: true }])
  })

  it('waits longer each time, and no longer than the longest wait', async () => {
    const { alarms } = recorder()
    const handle = each(async (_body: string): Promise<Handled> => {
      throw new TransientFault('down')
    })
    const patient = { ...POLICY, mostReceives: 10 }
    const messages = [1, 2, 3, 4, 5].map((receives) => message('a', receives))
    const settled = await settleBatch({ alarms }, messages, handle, patient)
    expect(settled.map((one) => one.status === 'again' && one.afterMs)).toEqual([1000, 2000, 4000, 5000, 5000])
  })

  it('puts a permanent fault into the dead letters at once, with an alarm that names no text', async () => {
    const { alarms, raised } = recorder()
    const fault = new PermanentFault('ana@example.com is broken')
    const settled = await settleBatch({ alarms }, [message('a')], async () => [{ status: 'failed', fault }], POLICY)
    expect(settled).toEqual([{ status: 'dead', why: 'PermanentFault' }])
    expect(raised).toEqual([['DeadLetter', { queue: 'wakes', id: 'm-a', why: 'PermanentFault' }]])
  })

  it('gives up at the last receive and not before', async () => {
    const { alarms, raised } = recorder()
    const handle = each(async (_body: string): Promise<Handled> => {
      throw 'a text'
    })
    const settled = await settleBatch({ alarms }, [message('a', 3), message('b', 4)], handle, POLICY)
    expect(settled).toEqual([
      { status: 'again', afterMs: 4000, failed: true },
      { status: 'dead', why: 'string' },
    ])
    expect(raised).toHaveLength(1)
  })

  it('never rejects, and answers each message, whatever a handler does', async () => {
    const behaviour = fc.constantFrom('done', 'again', 'throw', 'permanent', 'nothing')
    await fc.assert(
      fc.asyncProperty(fc.array(behaviour, { maxLength: 8 }), async (behaviours) => {
        const { alarms } = recorder()
        const handle = async (bodies: readonly string[]) =>
          bodies.map((body): Handled | undefined => {
            if (body === 'throw') throw new Error('a bug')
            if (body === 'permanent') return { status: 'failed', fault: new PermanentFault('broken') }
            if (body === 'nothing') return undefined
            return body === 'done' ? done : { status: 'again', afterMs: 5 }
          })
        const settled = await settleBatch(
          { alarms },
          behaviours.map((body) => message(body)),
          handle,
          POLICY,
        )
        const expected = { done: 'settled', again: 'again', throw: 'again', permanent: 'dead', nothing: 'again' }
        expect(settled.map(({ status }) => status)).toEqual(behaviours.map((body) => expected[body]))
      }),
    )
  })
})
