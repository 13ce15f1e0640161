import { expect, test } from 'vitest'
import { judgeStack } from '../../../../shared/core/readiness/judge-stack.ts'
import { ADD, AGAIN, DENIED, line, SILENT, seen } from './looks.ts'

test.each([
  ['CREATE_COMPLETE', 'ok stack: CREATE_COMPLETE'],
  ['UPDATE_COMPLETE', 'ok stack: UPDATE_COMPLETE'],
  ['IMPORT_COMPLETE', 'ok stack: IMPORT_COMPLETE'],
  ['UPDATE_IN_PROGRESS', 'warn stack: UPDATE_IN_PROGRESS — it is being changed: run doctor again when that is done'],
  [
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'warn stack: UPDATE_COMPLETE_CLEANUP_IN_PROGRESS — it is being changed: run doctor again when that is done',
  ],
  [
    'UPDATE_ROLLBACK_COMPLETE',
    'warn stack: UPDATE_ROLLBACK_COMPLETE — the last change was taken back: see its events, then deploy again',
  ],
  [
    'ROLLBACK_COMPLETE',
    'fail stack: ROLLBACK_COMPLETE — it was never complete: see its events, delete it, deploy again',
  ],
  [
    'UPDATE_ROLLBACK_FAILED',
    'fail stack: UPDATE_ROLLBACK_FAILED — see its events in CloudFormation, then deploy again',
  ],
  ['DELETE_COMPLETE', 'fail stack: DELETE_COMPLETE — see its events in CloudFormation, then deploy again'],
])('%s', (status, expected) => {
  expect(line(judgeStack(seen({ status, parameters: {} })))).toBe(expected)
})

test.each([
  [DENIED, `warn stack — ${ADD}`],
  [SILENT, `fail stack — ${AGAIN}`],
])('what was not seen: %j', (looked, expected) => {
  expect(line(judgeStack(looked))).toBe(expected)
})
