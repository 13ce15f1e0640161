import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

const OUT = 'dist'
/** Some packages are CommonJS and ask for Node's own modules while they run. */
const BANNER = "import { createRequire as make } from 'node:module'; const require = make(import.meta.url);"

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
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // The ES modules of packages that have both: esbuild leaves out what is not used.
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'linked',
    banner: { js: BANNER },
    metafile: true,
  })
  writeFileSync(`${OUT}/metafile.json`, JSON.stringify(metafile))
  for (const name of functions) {
    const kilobytes = Math.round(statSync(`${OUT}/${name}/handler.mjs`).size / 1024)
    process.stdout.write(`${OUT}/${name}/handler.mjs ${kilobytes} KB\n`)
  }
}

await main()
