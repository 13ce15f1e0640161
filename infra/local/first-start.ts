import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { importDirectory } from '../../shared/app/directory-versions.ts'
import { readDirectory } from '../../shared/app/read-directory.ts'
import type { LocalStack } from './stack.ts'

const EXAMPLE = fileURLToPath(new URL('../directory.example.yml', import.meta.url))
const SAMPLE = new URL('../../events/guardduty/leaked-access-key.json', import.meta.url)

/** A directory file that cannot be used, with everything that is wrong with it. */
export class BadDirectory extends Error {
  override readonly name = 'BadDirectory'
}

/** Loads the directory from a file, else the example: all or nothing. */
export async function loadDirectory({ deps }: LocalStack, file: string | undefined): Promise<void> {
  const path = file ?? EXAMPLE
  const now = deps.time.now()
  const read = readDirectory(await readFile(path, 'utf8'), now)
  if (!read.ok) {
    const lines = read.errors.map(
      ({ path: at, line, found, expected }) => `  ${path}:${line ?? 1} ${at}: found ${found}, expected ${expected}`,
    )
    throw new BadDirectory([`The directory cannot be used (${read.errors.length} errors):`, ...lines].join('\n'))
  }
  await importDirectory(deps, read.directory, now)
}

/** Plays a sample incident: an access key that leaked from an account with personal data, as of now. */
export async function playSample({ deps, runtime, intake }: LocalStack): Promise<void> {
  const event = JSON.parse(await readFile(SAMPLE, 'utf8')) as {
    time: string
    detail: Record<string, unknown> & { service: object }
  }
  const now = deps.time.now()
  const { detail } = event
  await intake([
    {
      ...event,
      time: now,
      detail: {
        ...detail,
        title: `SAMPLE: ${String(detail.title)}`,
        createdAt: now,
        updatedAt: now,
        service: { ...detail.service, eventFirstSeen: now, eventLastSeen: now },
      },
    },
  ])
  await runtime.settle()
}
