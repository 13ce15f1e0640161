import { expect, it } from 'vitest'
import { proveKills } from '../proof/kill-proof.ts'

it('three kills under load lose nothing that was accepted', async () => {
  const report = await proveKills(3, 20_261_124)
  expect(report.faults).toEqual([])
  expect(report.findings).toBeGreaterThan(10)
  expect(report.pages).toBeGreaterThan(10)
}, 120_000)
