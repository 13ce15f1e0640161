import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/{unit,contract,simulation,architecture,local,conformance}/**/*.test.ts'],
    testTimeout: 30_000,
    // What functions would write to their logs.
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
    // Tests that start processes measure time: more workers than processors would make them late.
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['shared/core/**/*.ts'],
      reporter: ['text-summary', ['text', { skipFull: true }]],
      thresholds: { lines: 95, branches: 95 },
    },
  },
})
