/** What esbuild hands to a plugin, as far as this one asks. */
interface Build {
  onResolve(of: { filter: RegExp }, resolve: (asked: { path: string }) => { path: string; namespace: string }): void
  onLoad(
    of: { filter: RegExp; namespace: string },
    load: (asked: { path: string }) => { contents: string; loader: 'js' },
  ): void
}

const NAMESPACE = 'builtin-http'

/**
 * Takes `node:http` and `node:https` as they are. An `import` of them reads each of their exports at once, also those
 * that load Node's own fetch: 10 to 20 ms of a cold start for what nobody here uses.
 */
export const builtinHttp = {
  name: NAMESPACE,
  setup(build: Build): void {
    build.onResolve({ filter: /^(node:)?https?$/ }, ({ path }) => ({
      path: path.replace(/^node:/, ''),
      namespace: NAMESPACE,
    }))
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}')`,
      loader: 'js',
    }))
  },
}
