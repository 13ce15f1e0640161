import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { BUNDLE_OPTIONS } from './bundle-options.ts'

const OUT = 'dist'

/** Every door that is a Lambda function: a folder of `functions/` with a handler. */
export function deployedFunctions(): string[] {
  const folders = readdirSync('functions', { recursive: true, encoding: 'utf8' })
  return folders.filter((path) => path.endsWith('/handler.ts')).map((path) => path.slice(0, -'/handler.ts'.length))
}

/** `npm run build`: one bundle a function, `dist/<function>/handler.mjs`, with everything in it that it needs. */
async function main(): Promise<void> {
  const functions = deployedFunctions()
  rmSync(OUT, { recursive: true, force: true })
  const { metafile } = await build({
    entryPoints: functions.map((name) => ({ in: `functions/${name}/handler.ts`, out: `${name}/handler` })),
    outdir: OUT,
    ...BUNDLE_OPTIONS,
    metafile: true,
  })
  writeFileSync(`${OUT}/metafile.json`, JSON.stringify(metafile))
  for (const name of functions) {
    const kilobytes = Math.round(statSync(`${OUT}/${name}/handler.mjs`).size / 1024)
    process.stdout.write(`${OUT}/${name}/handler.mjs ${kilobytes} KB\n`)
  }
}

await main()
