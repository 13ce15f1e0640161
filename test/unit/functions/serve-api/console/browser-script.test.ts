import { describe, expect, it, vi } from 'vitest'
import type { PageElement } from '../../../../../functions/serve-api/console/browser-page.ts'
import {
  CONSOLE_SCRIPT,
  localText,
  showCounts,
  showMoments,
} from '../../../../../functions/serve-api/console/browser-script.ts'
import { asElement } from './page-doubles.ts'

const NOW = Date.parse('2027-03-10T10:00:00.000Z')

function rootOf(times: object[], counts: object[]): Pick<PageElement, 'querySelectorAll'> {
  return { querySelectorAll: (selector) => (selector === 'time' ? times : counts).map(asElement) }
}

describe('the script', () => {
  it('is one that a browser can read', () => {
    expect(() => new Function(CONSOLE_SCRIPT)).not.toThrow()
  })

  it('shows the time alone today, and the day beside it else', () => {
    vi.stubEnv('TZ', 'UTC')
    expect(localText(NOW, NOW)).toBe('10:00')
    expect(localText(NOW + 86_400_000, NOW)).toMatch(/11.* 10:00$/)
    vi.unstubAllEnvs()
  })

  it('brings countdowns to now and touches none that is right', () => {
    const running = { textContent: 'x', dataset: { until: '2027-03-10T10:01:48.000Z', past: 'now' } }
    const over = { textContent: 'x', dataset: { until: '2027-03-10T09:59:00.000Z', past: 'over' } }
    const right = {
      dataset: { until: '2027-03-10T10:00:05.000Z' },
      get textContent() {
        return '0:05'
      },
      set textContent(_text: string) {
        expect.unreachable()
      },
    }
    showCounts(rootOf([], [running, over, right]), NOW)
    expect([running.textContent, over.textContent]).toEqual(['1:48', '1:00 over'])
  })

  it('brings moments into the reader’s zone', () => {
    const time = { textContent: 'x', getAttribute: () => '2027-03-10T10:00:00.000Z' }
    showMoments(rootOf([time], []), NOW)
    expect(time.textContent).toBe(localText(NOW, NOW))
  })
})
