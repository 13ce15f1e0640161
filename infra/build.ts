import { readdirSync, rmSync, statSync } from 'node:fs'
import { build } from 'esbuild'
import { builtinHttp } from './builtin-http.ts'
import { BUNDLE_OPTIONS } from './bundle-options.ts'

const OUT = 'dist'

/** Every door that is a Lambda function: a folder of `functions/` with a handler. */
export function deployedFunctions(): string[] {
  const folders = readdirSync('functions', { recursive: true, encoding: 'utf8' })
  return folders.filter((path) => path.endsWith('/handler.ts')).map((path) => path.slice(0, -'/handler.ts'.length))
}

/** `npm run build`: `dist/<function>/handler.mjs` and what it loads when needed, complete without any other file. */
async function main(): Promise<void> {
  rmSync(OUT, { recursive: true, force: true })
  for (const name of deployedFunctions()) {
    const { metafile } = await build({
      entryPoints: [`functions/${name}/handler.ts`],
      outdir: `${OUT}/${name}`,
      ...BUNDLE_OPTIONS,
      plugins: [builtinHttp],
      metafile: true,
    })
    const kilobytes = (bytes: number) => `${Math.round(bytes / 1024)} KB`
    const scripts = Object.entries(metafile.outputs).filter(([path]) => path.endsWith('.mjs'))
    const all = scripts.reduce((sum, [, { bytes }]) => sum + bytes, 0)
    const first = statSync(`${OUT}/${name}/handler.mjs`).size
    process.stdout.write(
      `${OUT}/${name}/handler.mjs ${kilobytes(first)}, ${kilobytes(all)} with what is loaded when needed\n`,
    )
  }
}

await main()
