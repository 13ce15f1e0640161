import { beforeEach, expect, test } from 'vitest'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { PROOF_ACCOUNTS } from '../../proof/proof-organisation.ts'
import { finding, InMemoryMuster } from './in-memory-muster.ts'

let muster: InMemoryMuster

beforeEach(async () => {
  muster = await InMemoryMuster.start()
})

const WEEK = 7 * 24 * 3600
const IP = 'ip:198.51.100.7'
const withIndicators = (name: string, account: string | undefined, ...indicators: readonly string[]): Finding => ({
  ...finding(name, name, muster.now, account),
  indicators,
})

async function opened(one: Finding): Promise<string> {
  const [result] = await muster.ingest(one)
  await muster.follow(result?.incidentId ?? '')
  return result?.incidentId ?? ''
}

async function linkedOf(...ids: readonly string[]): Promise<(readonly string[])[]> {
  for (const id of ids) await muster.follow(id)
  return Promise.all(ids.map(async (id) => (await muster.state(id)).linked))
}

test('incidents of two accounts with one address are shown together, and stay two', async () => {
  const here = await opened(withIndicators('a', PROOF_ACCOUNTS[0], 'ip:203.0.113.9', IP))
  const there = await opened(withIndicators('b', PROOF_ACCOUNTS[1], IP, 'domain:example.net'))
  expect(await linkedOf(here, there)).toEqual([[there], [here]])
  expect((await muster.state(here)).status).toBe('open')
})

test('of one account they are not: there the group decides', async () => {
  const [one, two] = [
    await opened(withIndicators('a', undefined, IP)),
    await opened(withIndicators('b', undefined, IP)),
  ]
  expect(one).not.toBe(two)
  expect(await linkedOf(one, two)).toEqual([[], []])
})

test.each([
  [WEEK - 1, true],
  [WEEK, true],
  [WEEK + 1, false],
])('%i s apart: together %s', async (seconds, together) => {
  const here = await opened(withIndicators('a', PROOF_ACCOUNTS[0], IP))
  muster.now = plusSeconds(muster.now, seconds)
  const there = await opened(withIndicators('b', PROOF_ACCOUNTS[1], IP))
  expect(await linkedOf(there)).toEqual([together ? [here] : []])
})

test('a finding that brings an indicator later links then; the same again changes nothing', async () => {
  const here = await opened(withIndicators('a', PROOF_ACCOUNTS[0], IP))
  const there = await opened({ ...withIndicators('b', PROOF_ACCOUNTS[1]), family: 'Recon' })
  expect(await linkedOf(there)).toEqual([[]])
  const later = { ...withIndicators('c', PROOF_ACCOUNTS[1], IP), principal: 'b', family: 'Recon' }
  const same = { ...later, principal: finding('b', 'b', muster.now).principal }
  expect(await opened(same)).toBe(there)
  expect(await linkedOf(here, there)).toEqual([[there], [here]])
  const { sequence } = await muster.state(there)
  await opened(same)
  expect((await muster.state(there)).sequence).toBe(sequence)
})

test('a campaign over many accounts is linked to its newest ten', async () => {
  const account = (n: number) => String(100_000_000_000 + n)
  const ids: string[] = []
  for (let n = 0; n < 12; n += 1) {
    muster.now = plusSeconds(muster.now, 60)
    ids.push(await opened(withIndicators(`n${n}`, account(n), IP)))
  }
  const [linked] = await linkedOf(ids[11] ?? '')
  expect([...(linked ?? [])].sort()).toEqual(ids.slice(1, 11).sort())
})

test('commits that were dispatched together name an indicator once', async () => {
  const here = await opened(withIndicators('a', PROOF_ACCOUNTS[0], IP))
  const family = 'Recon'
  const first = { ...withIndicators('b', PROOF_ACCOUNTS[1], IP), family }
  const second = { ...withIndicators('c', PROOF_ACCOUNTS[1], IP), family, principal: first.principal }
  const [result] = await muster.ingest(first)
  await muster.ingest(second)
  const there = result?.incidentId ?? ''
  expect(await linkedOf(there, here)).toEqual([[here], [there]])
})
