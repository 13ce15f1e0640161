import { expect, it } from 'vitest'
import { simulate } from './world/simulate.ts'

/** Everything that a seed led to: each commit's hash, and each message with when it was accepted. */
async function outcome(seed: number, traced: boolean): Promise<unknown> {
  const { evidence } = await simulate(seed, { traced })
  const hashes = [...evidence.commits].map(([id, commits]) => [id, commits.map(({ commit }) => commit.hash)])
  return [hashes, evidence.accepted.map(({ message, realMs }) => [message.effectId, message.text, realMs])]
}

it('plays a seed the same each time, written down or not', async () => {
  for (const seed of [5, 12, 13, 22]) expect(await outcome(seed, true)).toEqual(await outcome(seed, false))
})
