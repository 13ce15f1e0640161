import type { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { importDirectory } from '../../../shared/app/directory-versions.ts'
import { readDirectory, writeDirectory } from '../../../shared/app/read-directory.ts'
import { importedShape } from '../answer-shapes.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { mount } from '../endpoint.ts'
import { badRequest } from '../problem.ts'
import { MOST_DIRECTORY_BYTES, readText } from '../read-request.ts'

const YAML = 'application/yaml'
const FILE = z
  .record(z.string(), z.unknown())
  .meta({ description: 'The directory file, as JSON or YAML; at most 1 MB.' })

/** Who can be called: the file as a whole, in and out. */
export function directoryRoutes(app: OpenAPIHono, deps: ApiDependencies): void {
  mount(
    app,
    {
      method: 'put',
      path: '/v1/directory',
      summary: 'Replaces the directory: all of it, or nothing and every error.',
      tag: 'directory',
      params: z.object({}),
      query: z.object({}),
      body: { schema: FILE, types: ['application/json', YAML] },
      answers: { 200: { description: 'It counts from now on', shape: importedShape } },
      problems: [400, 413, 503],
    },
    async ({ request }) => {
      const text = await readText(request, MOST_DIRECTORY_BYTES)
      return text.ok ? replaceDirectory(deps, text.value) : text.answer
    },
  )
  readRoute(app, deps)
}

function readRoute(app: OpenAPIHono, deps: ApiDependencies): void {
  mount(
    app,
    {
      method: 'get',
      path: '/v1/directory',
      summary: 'The directory as it counts now; as YAML where the caller accepts that. Its version is the ETag.',
      tag: 'directory',
      params: z.object({}),
      query: z.object({}),
      answers: { 200: { description: 'The file', shape: FILE } },
      problems: [503],
    },
    async ({ request }) => {
      const { id, directory } = await deps.directory.current()
      const headers = { etag: `"${id}"`, vary: 'accept' }
      if (!request.headers.get('accept')?.includes(YAML)) return Response.json(directory, { headers })
      return new Response(writeDirectory(directory), {
        headers: { ...headers, 'content-type': `${YAML}; charset=utf-8` },
      })
    },
  )
}

async function replaceDirectory(deps: ApiDependencies, text: string): Promise<Response> {
  const now = deps.time.now()
  const read = readDirectory(text, now)
  if (!read.ok) {
    const what = read.errors.length === 1 ? 'one error' : `${read.errors.length} errors`
    return badRequest(`The directory was not changed: ${what}.`, read.errors)
  }
  const { directory, warnings } = read
  const version = await importDirectory(deps, directory, now)
  const { responders, rotations, policies, accounts } = directory
  return Response.json({
    version,
    responders: responders.length,
    rotations: rotations.length,
    policies: policies.length,
    accounts: accounts.length,
    warnings,
  })
}
