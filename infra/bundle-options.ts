/** Some packages are CommonJS and ask for Node's own modules while they run. */
const BANNER = "import { createRequire as make } from 'node:module'; const require = make(import.meta.url);"

/** How esbuild makes the bundle of a function; the benches make theirs the same way. */
export const BUNDLE_OPTIONS = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // What is imported when it is needed stays in a file of its own, which no cold start reads.
  splitting: true,
  chunkNames: '[name]-[hash]',
  // The ES modules of packages that have both: esbuild leaves out what is not used.
  mainFields: ['module', 'main'] as string[],
  minify: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'linked',
  banner: { js: BANNER },
} as const
