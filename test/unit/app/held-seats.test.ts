import { expect, it } from 'vitest'
import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import { holdersElsewhere } from '../../../shared/app/held-seats.ts'
import { PERSON, runCommand } from '../../../shared/app/run-command.ts'
import { InMemoryMuster } from './in-memory-muster.ts'

class CountedQuestions extends MemoryTable {
  questions = 0

  override queryIndex(...asked: Parameters<MemoryTable['queryIndex']>) {
    this.questions += 1
    return super.queryIndex(...asked)
  }
}

it('tells who holds a seat on another incident, while they hold it, in one question, and others are called', async () => {
  const table = new CountedQuestions()
  const muster = await InMemoryMuster.start(table)
  const incidentId = await muster.open()
  expect(await holdersElsewhere(table, '')).toEqual(new Set())
  const acknowledged = { type: 'AcknowledgeSeat', role: 'incident-commander', via: 'api' } as const
  await runCommand(muster.deps, {
    incidentId,
    now: muster.now,
    actor: 'incident-commander-1',
    causes: ['request/take'],
    patience: PERSON,
    command: () => ({ ...acknowledged, responderId: 'incident-commander-1' }),
  })
  await muster.follow(incidentId)
  table.questions = 0
  expect(await holdersElsewhere(table, 'inc-other')).toEqual(new Set(['incident-commander-1']))
  expect(await holdersElsewhere(table, incidentId)).toEqual(new Set())
  expect(table.questions).toBe(2)

  const called = muster.pages('incident-commander').length
  table.questions = 0
  const second = await muster.open('second', 'other-user')
  expect(table.questions).toBe(1)
  await muster.follow(second)
  expect(muster.pages('incident-commander').slice(called)).toEqual(['incident-commander-2'])
})

it('reads on where more seats are held than one answer tells', async () => {
  const table = new MemoryTable()
  const people = Array.from({ length: 1001 }, (_, place) => `person-${place}`)
  for (const person of people) {
    const listed = { listPk: 'held', listAt: '2027-03-10T09:00:00.000Z' }
    await table.put('incidents', { pk: `PERSON#${person}`, sk: 'INC#inc-1#legal-counsel', ...listed })
  }
  expect((await holdersElsewhere(table, 'inc-2')).size).toBe(people.length)
})
