// Who may import whom. `npm run rules` checks the tree; test/architecture/import-rules.test.ts does too, and shows that
// each rule is able to fail.

/** The folders of the core, lowest first: one may import those before it. Paging and clocks stand side by side. */
const CORE = [
  'time',
  'severity',
  'directory',
  'findings',
  'incident',
  'paging|clocks',
  'reports',
  'readiness',
  'retention',
  'decide\\.ts',
]

const forbidden = [
  ...CORE.slice(0, -1).map(coreFolder),
  {
    name: 'paging-and-clocks-apart',
    comment: 'Only decide.ts and what stands above both may know both.',
    severity: 'error',
    from: { path: '^shared/core/(paging|clocks)/' },
    to: { path: '^shared/core/(paging|clocks)/', pathNot: '^shared/core/$1/' },
  },
  {
    name: 'core-is-listed',
    comment: 'A folder of the core that has no place in the order could import anything.',
    severity: 'error',
    from: { path: '^shared/core/', pathNot: `^shared/core/(${inFolders(CORE)})` },
    to: {},
  },
  only('core', '^shared/core/', ['shared/core/'], ['temporal-polyfill'], ['crypto']),
  only('sources', '^shared/sources/', ['shared/(core|sources)/'], ['zod']),
  only('ports', '^shared/ports/', ['shared/(core|ports)/']),
  only(
    'app',
    '^shared/app/',
    ['shared/(core|sources|ports|app)/'],
    ['zod', 'yaml', 'canonicalize'],
    ['crypto', 'zlib'],
  ),
  only('content', '^shared/content/', ['shared/(core|ports|content)/'], ['zod']),
  {
    name: 'adapters-import',
    comment: 'An adapter translates between a port and what is outside; use cases are not its business.',
    severity: 'error',
    from: { path: '^shared/adapters/' },
    to: { path: '^(shared|functions|infra|test|events)/', pathNot: '^shared/(core|ports|adapters)/' },
  },
  {
    name: 'adapters-apart',
    comment: 'What two adapters need belongs into a port, or is written twice.',
    severity: 'error',
    from: { path: '^shared/adapters/([^/]+)/' },
    to: { path: '^shared/adapters/', pathNot: '^shared/adapters/$1/' },
  },
  {
    name: 'doors-on-top',
    comment: 'What the Lambda functions share wires the rest of shared; nothing there may need a door.',
    severity: 'error',
    from: { path: '^shared/', pathNot: '^shared/doors/' },
    to: { path: '^shared/doors/' },
  },
  {
    name: 'doors-import',
    severity: 'error',
    from: { path: '^shared/doors/' },
    to: { path: '^(functions|infra|test|events)/' },
  },
  {
    name: 'functions-apart',
    comment: 'Each function is deployed by itself; what two need belongs into shared.',
    severity: 'error',
    from: { path: '^functions/([^/]+)/' },
    to: { path: '^functions/', pathNot: '^functions/$1/' },
  },
  {
    name: 'functions-without-infra',
    comment: 'infra wires functions, never the other way: a deployed function carries no local stack.',
    severity: 'error',
    from: { path: '^functions/' },
    to: { path: '^infra/' },
  },
  {
    name: 'nothing-imports-tests',
    severity: 'error',
    from: { pathNot: '^test/' },
    to: { path: '^test/' },
  },
  {
    name: 'no-cycles',
    comment: 'Files that import each other cannot be read, or tested, one at a time. Types alone may: they vanish.',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'resolvable',
    comment: 'An import that is not understood would escape every other rule.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'listed-packages',
    comment: 'What runs may use dependencies only; a package that is not listed works by accident.',
    severity: 'error',
    // The build runs where Muster is developed, never where it runs.
    from: { path: '^(shared|functions|infra)/', pathNot: '^infra/build\\.ts$' },
    // Types alone vanish: those of @types may be there for development only.
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '(^|/)node_modules/@types/' },
  },
]

export default {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(coverage|dist)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}

/** A folder of the core against everything that stands above it. */
function coreFolder(folder, place) {
  return {
    name: `core-order-${folder.replace('|', '-and-')}`,
    comment: `The core is read from the bottom up: ${CORE.join(' < ')}.`,
    severity: 'error',
    from: { path: `^shared/core/(${folder})/` },
    to: { path: `^shared/core/(${inFolders(CORE.slice(place + 1))})` },
  }
}

function inFolders(folders) {
  return folders.map((folder) => (folder.endsWith('.ts') ? `${folder}$` : `(${folder})/`)).join('|')
}

/** A layer that may import its own folders, the packages and the modules of Node named here, and nothing else. */
function only(layer, path, folders, packages = [], nodeModules = []) {
  const allowed = [
    ...folders.map((folder) => `^${folder}`),
    ...packages.map((name) => `(^|/)node_modules/${name}/`),
    ...nodeModules.map((name) => `^(node:)?${name}$`),
  ]
  return {
    name: `${layer}-imports`,
    comment: `${layer} may import ${[...folders, ...packages, ...nodeModules].join(', ')}`,
    severity: 'error',
    from: { path },
    to: { pathNot: allowed },
  }
}
