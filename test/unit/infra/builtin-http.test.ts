import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { builtinHttp } from '../../../infra/builtin-http.ts'

const SOURCE = `
import { request } from 'node:http'
import * as https from 'https'
import http from 'http'
export const same = [request === process.getBuiltinModule('node:http').request, http.request === request]
export const agent = https.Agent
`

it('bundles Node’s http and https as they are, and imports neither', async () => {
  const { outputFiles } = await build({
    stdin: { contents: SOURCE, resolveDir: '.' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    plugins: [builtinHttp],
  })
  const text = outputFiles[0]?.text ?? ''
  expect(text).not.toMatch(/from\s*"(node:)?https?"/)
  const bundled = await import(`data:text/javascript,${encodeURIComponent(text)}`)
  expect(bundled.same).toEqual([true, true])
  expect(bundled.agent).toBe(process.getBuiltinModule('node:https').Agent)
})
