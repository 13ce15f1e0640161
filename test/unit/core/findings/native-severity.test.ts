import { expect, test } from 'vitest'
import { gradeOfGuardDuty, gradeOfNormalized } from '../../../../shared/core/findings/native-severity.ts'

test.each([
  [0, 'INFORMATIONAL'],
  [0.1, 'LOW'],
  [1, 'LOW'],
  [3.9, 'LOW'],
  [3.99, 'LOW'],
  [4, 'MEDIUM'],
  [6.9, 'MEDIUM'],
  [7, 'HIGH'],
  [8.9, 'HIGH'],
  [8.99, 'HIGH'],
  [9, 'CRITICAL'],
  [10, 'CRITICAL'],
  [10.1, null],
  [-0.1, null],
  [Number.NaN, null],
])('GuardDuty severity %s is %s', (severity, grade) => {
  expect(gradeOfGuardDuty(severity)).toBe(grade)
})

test.each([
  [0, 'INFORMATIONAL'],
  [1, 'LOW'],
  [39, 'LOW'],
  [40, 'MEDIUM'],
  [69, 'MEDIUM'],
  [70, 'HIGH'],
  [89, 'HIGH'],
  [90, 'CRITICAL'],
  [100, 'CRITICAL'],
  [101, null],
  [-1, null],
  [Number.NaN, null],
])('normalised severity %s is %s', (normalized, grade) => {
  expect(gradeOfNormalized(normalized)).toBe(grade)
})
