import type { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { readNote } from '../../../shared/app/legal-notes.ts'
import { noteShape } from '../answer-shapes.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { mount } from '../endpoint.ts'
import { id, pathId } from '../fields.ts'
import { refusalProblem } from '../problem.ts'

/** Confidential texts, for Legal Counsel only. */
export function noteRoutes(app: OpenAPIHono, deps: ApiDependencies): void {
  mount(
    app,
    {
      method: 'get',
      path: '/v1/incidents/{id}/notes/{noteId}',
      summary: 'A confidential note, as Legal Counsel wrote it.',
      tag: 'clocks',
      params: z.object({ id: pathId, noteId: pathId }),
      query: z.object({ responderId: id }),
      answers: { 200: { description: 'The note', shape: noteShape } },
      problems: [400, 403, 404, 503],
    },
    async ({ params, query }) => {
      const read = await readNote(deps, params.id, params.noteId, query.responderId)
      return read.ok ? Response.json(read.note) : refusalProblem(read)
    },
  )
}
