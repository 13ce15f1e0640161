import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { normalizeFiles } from '../../functions/command-line/findings-normalize.ts'
import { readMailDate } from '../../shared/sources/read-mail-date.ts'

// Real events from public repositories, kept outside this project, against what their manifest says of each.
// `node test/outside/corpus.ts [folder]`, the folder being $MUSTER_OUTSIDE or ../shared.

const KINDS = [
  'guardduty',
  'asff',
  'asff-imported',
  'asff-custom-action',
  'asff-insight',
  'guardduty-malware-s3',
  'ocsf',
  'ocsf-v2-event',
  'cloudwatch-metric',
  'cloudwatch-composite',
  'cloudwatch-contributor',
  'cloudwatch-config-change',
  'cloudwatch-action',
  'cloudwatch-sns',
  'config',
  'health',
  'trusted-advisor',
  'security-ir',
  'macie',
  'inspector2',
  'access-analyzer',
  'cloudtrail-api',
  'cloudtrail-signin',
]
const BY_POLICY = 'by policy'
const COLUMNS = { severity: 'expect_label', findingId: 'expect_finding_id', title: 'expect_title' } as const

type Row = Record<string, string>
type Line = Record<string, unknown>
interface Disagreement {
  file: string
  index: number
  field: string
  why: string
}

const folder = join(process.argv[2] ?? process.env.MUSTER_OUTSIDE ?? '../shared', 'corpus')
process.exitCode = await main()

async function main(): Promise<number> {
  if (!existsSync(folder)) {
    console.error(`no corpus in ${folder}`)
    return 2
  }
  const rows = readTable(readFileSync(join(folder, 'MANIFEST.tsv'), 'utf8'))
  const tally = { passed: 0, failed: 0 }
  for (const row of rows.filter((candidate) => KINDS.includes(candidate.kind ?? ''))) {
    const faults = await faultsOf(row)
    for (const fault of faults) console.log(`FAIL ${row.file} #${row.finding_index} ${fault}`)
    tally[faults.length === 0 ? 'passed' : 'failed'] += 1
  }
  console.log(`${tally.passed} passed, ${tally.failed} failed`)
  return tally.failed === 0 ? 0 : 1
}

async function faultsOf(row: Row): Promise<string[]> {
  const line = (await linesOf(row.file ?? '')).find((candidate) => candidate.index === Number(row.finding_index))
  if (line === undefined) return ['no line']
  if (line.error !== undefined) return [`error ${JSON.stringify(line.error)}`]
  return comparisons(row, line)
    .filter(({ field, expected, actual }) => !isOurs(expected) && expected !== actual && !isAgreed(row, field))
    .map(({ field, expected, actual }) => `${field} expected=${expected} actual=${actual}`)
}

async function linesOf(file: string): Promise<Line[]> {
  const lines: Line[] = []
  for await (const line of normalizeFiles([join(folder, file)], (path) => readFile(path, 'utf8'))) lines.push(line)
  return lines
}

function comparisons(row: Row, line: Line): { field: string; expected: unknown; actual: unknown }[] {
  return [
    ...Object.entries(COLUMNS).map(([field, column]) => ({ field, expected: row[column], actual: line[field] })),
    { field: 'firstSeenAt', expected: readMailDate(row.expect_first_seen), actual: line.firstSeenAt },
    { field: 'lastSeenAt', expected: readMailDate(row.expect_last_seen), actual: line.lastSeenAt },
    { field: 'page', expected: pageOf(row.expect_page ?? ''), actual: line.page },
  ]
}

function pageOf(text: string): boolean | typeof BY_POLICY {
  return text.startsWith(BY_POLICY) ? BY_POLICY : !text.startsWith('no')
}

/** The provider gives no severity: what it is, and in part whether it pages, is what Muster makes of it. */
function isOurs(expected: unknown): boolean {
  return expected === BY_POLICY || (typeof expected === 'string' && expected.startsWith('POLICY('))
}

/** Where the manifest is known to be wrong, with why. */
function isAgreed(row: Row, field: string): boolean {
  return disagreements().some(
    (one) => one.file === row.file && one.index === Number(row.finding_index) && one.field === field,
  )
}

function disagreements(): Disagreement[] {
  return JSON.parse(readFileSync(new URL('corpus-disagreements.json', import.meta.url), 'utf8'))
}

/** Tab-separated; a field with quotes in it stands in quotes, and its quotes are doubled. */
function readTable(text: string): Row[] {
  const [head = [], ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split('\t').map(unquote))
  return rows.map((cells) => Object.fromEntries(head.map((name, column) => [name, cells[column] ?? ''])))
}

function unquote(cell: string): string {
  return /^".*"$/s.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell
}
