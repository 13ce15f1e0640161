import { expect, test } from 'vitest'
import { showProgress } from '../../../../functions/command-line/show-progress.ts'

test('a terminal shows one line, which is gone in the end', () => {
  const written: string[] = []
  const show = showProgress({ isTTY: true, write: (text) => written.push(text) })
  show('looking at rules …')
  show(null)
  expect(written).toEqual(['\r\u001b[2Klooking at rules …', '\r\u001b[2K'])
})

test('a file or a pipe gets nothing', () => {
  const written: string[] = []
  const show = showProgress({ write: (text) => written.push(text) })
  show('looking at rules …')
  show(null)
  expect(written).toEqual([])
})
