import type { SampleImport } from './sample-tree.ts'

/** One import that the rule of this name forbids. */
export interface Breach extends SampleImport {
  readonly rule: string
}

/** Each rule is broken at least once, in a project of its own. */
export const BREACHES: readonly Breach[] = [
  { rule: 'core-order-time', file: 'shared/core/time/a.ts', imports: '../severity/x.ts' },
  { rule: 'core-order-time', file: 'shared/core/time/b.ts', imports: '../decide.ts' },
  { rule: 'core-order-severity', file: 'shared/core/severity/a.ts', imports: '../directory/x.ts' },
  { rule: 'core-order-directory', file: 'shared/core/directory/a.ts', imports: '../findings/x.ts' },
  { rule: 'core-order-findings', file: 'shared/core/findings/a.ts', imports: '../incident/x.ts' },
  { rule: 'core-order-findings', file: 'shared/core/findings/b.ts', imports: '../incident/x.ts', asType: true },
  { rule: 'core-order-incident', file: 'shared/core/incident/a.ts', imports: '../paging/x.ts' },
  { rule: 'core-order-incident', file: 'shared/core/incident/b.ts', imports: '../clocks/x.ts' },
  { rule: 'core-order-paging-and-clocks', file: 'shared/core/paging/a.ts', imports: '../reports/x.ts' },
  { rule: 'core-order-paging-and-clocks', file: 'shared/core/clocks/a.ts', imports: '../decide.ts' },
  { rule: 'core-order-reports', file: 'shared/core/reports/a.ts', imports: '../readiness/x.ts' },
  { rule: 'core-order-retention', file: 'shared/core/retention/a.ts', imports: '../decide.ts' },
  { rule: 'core-order-readiness', file: 'shared/core/readiness/a.ts', imports: '../decide.ts' },
  { rule: 'paging-and-clocks-apart', file: 'shared/core/paging/b.ts', imports: '../clocks/x.ts' },
  { rule: 'paging-and-clocks-apart', file: 'shared/core/clocks/b.ts', imports: '../paging/x.ts', asType: true },
  { rule: 'core-is-listed', file: 'shared/core/extras/a.ts', imports: '../time/x.ts' },
  { rule: 'core-imports', file: 'shared/core/findings/c.ts', imports: 'zod' },
  { rule: 'core-imports', file: 'shared/core/findings/d.ts', imports: 'node:fs' },
  { rule: 'core-imports', file: 'shared/core/findings/e.ts', imports: '../../ports/x.ts', asType: true },
  { rule: 'sources-imports', file: 'shared/sources/a.ts', imports: '../app/x.ts' },
  { rule: 'sources-imports', file: 'shared/sources/b.ts', imports: 'node:fs' },
  { rule: 'ports-imports', file: 'shared/ports/a.ts', imports: '../adapters/memory/x.ts' },
  { rule: 'ports-imports', file: 'shared/ports/b.ts', imports: '@aws-sdk/client-dynamodb', asType: true },
  { rule: 'app-imports', file: 'shared/app/a.ts', imports: '../adapters/memory/x.ts' },
  { rule: 'app-imports', file: 'shared/app/b.ts', imports: '../content/messages/x.ts' },
  { rule: 'app-imports', file: 'shared/app/c.ts', imports: '@aws-sdk/client-dynamodb' },
  { rule: 'app-imports', file: 'shared/app/d.ts', imports: 'node:timers/promises' },
  { rule: 'content-imports', file: 'shared/content/obligations/a.ts', imports: '../../app/x.ts' },
  { rule: 'adapters-import', file: 'shared/adapters/memory/a.ts', imports: '../../app/x.ts' },
  { rule: 'adapters-import', file: 'shared/adapters/memory/b.ts', imports: '../../../infra/local/x.ts' },
  { rule: 'adapters-apart', file: 'shared/adapters/counting/a.ts', imports: '../memory/x.ts' },
  { rule: 'doors-on-top', file: 'shared/app/f.ts', imports: '../doors/x.ts' },
  { rule: 'doors-on-top', file: 'shared/adapters/sqs/a.ts', imports: '../../doors/x.ts', asType: true },
  { rule: 'doors-import', file: 'shared/doors/a.ts', imports: '../../functions/tick/x.ts' },
  { rule: 'functions-apart', file: 'functions/serve-api/a.ts', imports: '../command-line/x.ts' },
  { rule: 'functions-without-infra', file: 'functions/serve-api/b.ts', imports: '../../infra/local/x.ts' },
  { rule: 'nothing-imports-tests', file: 'infra/local/a.ts', imports: '../../test/unit/x.ts' },
  { rule: 'no-cycles', file: 'shared/adapters/memory/circle.ts', imports: './circle.ts' },
  { rule: 'resolvable', file: 'shared/app/e.ts', imports: './gone.ts' },
  { rule: 'listed-packages', file: 'infra/local/b.ts', imports: 'vitest' },
  { rule: 'listed-packages', file: 'infra/local/c.ts', imports: 'unlisted' },
]

/** What must stay allowed. */
export const LAWFUL: readonly SampleImport[] = [
  { file: 'shared/core/decide.ts', imports: './clocks/x.ts' },
  { file: 'shared/core/paging/lawful.ts', imports: '../incident/x.ts' },
  { file: 'shared/core/reports/lawful.ts', imports: '../clocks/x.ts' },
  { file: 'shared/core/time/lawful.ts', imports: 'temporal-polyfill' },
  { file: 'shared/core/findings/lawful.ts', imports: 'node:crypto' },
  { file: 'shared/sources/lawful.ts', imports: 'zod' },
  { file: 'shared/app/lawful.ts', imports: '../sources/x.ts' },
  { file: 'shared/content/messages/lawful.ts', imports: '../../ports/x.ts' },
  { file: 'shared/adapters/dynamodb/lawful.ts', imports: '@aws-sdk/client-dynamodb' },
  { file: 'shared/doors/lawful.ts', imports: '../adapters/dynamodb/x.ts' },
  { file: 'functions/tick/lawful.ts', imports: '../../shared/doors/x.ts' },
  { file: 'infra/local/lawful.ts', imports: '../../functions/serve-api/x.ts' },
  { file: 'functions/serve-api/lawful.ts', imports: '../../shared/adapters/memory/x.ts' },
  { file: 'test/unit/lawful.ts', imports: 'vitest' },
]
