import ts from 'typescript'

/** What a layer must not use. Names are those of globals; nothing else in these layers may be called so. */
export interface Purity {
  readonly globals: readonly string[]
  readonly members: readonly string[]
  /** Async functions, `await` and promises. */
  readonly async: boolean
  /** A module whose state outlives a call gives other answers to the same input. */
  readonly moduleState: boolean
  /** Of a module of Node only what is named here. */
  readonly nodeImports: Readonly<Record<string, readonly string[]>>
}

const TIME_AND_PLACE = [
  ...['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
  ...['process', 'globalThis', 'global', 'console', 'fetch', 'crypto', 'require', 'eval', 'Function'],
]

/** The core: the same input gives the same answer, on every machine, at any time. */
export const CORE: Purity = {
  globals: [...TIME_AND_PLACE, 'Promise'],
  members: ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'localeCompare'],
  async: false,
  moduleState: false,
  nodeImports: { 'node:crypto': ['createHash', 'hash'] },
}

/** What stands around the core takes time, randomness and configuration from its ports. */
export const AROUND_THE_CORE: Purity = {
  globals: TIME_AND_PLACE,
  members: [],
  async: true,
  moduleState: false,
  nodeImports: { 'node:crypto': ['createHash', 'hash'], 'node:zlib': ['deflateRawSync', 'inflateRawSync'] },
}

/** Good for everything but these. */
const PARTLY: Record<string, string> = { Math: 'random', Temporal: 'Now' }

/** Every use of something forbidden, as `line: what`. */
export function impurities(text: string, purity: Purity): string[] {
  const source = ts.createSourceFile('checked.ts', text, ts.ScriptTarget.ESNext, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const what = impurityOf(node, purity)
    if (what) found.push(`${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${what}`)
    node.forEachChild(visit)
  }
  visit(source)
  return found
}

function impurityOf(node: ts.Node, purity: Purity): string | null {
  if (ts.isIdentifier(node)) return identifierImpurity(node, purity)
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return importImpurity(node, purity)
  if (ts.isMetaProperty(node)) return 'import.meta'
  if (node.kind === ts.SyntaxKind.ImportKeyword && ts.isCallExpression(node.parent)) return 'import()'
  if (!purity.async && node.kind === ts.SyntaxKind.AsyncKeyword) return 'async'
  if (!purity.async && node.kind === ts.SyntaxKind.AwaitKeyword) return 'await'
  if (!purity.async && ts.isAwaitExpression(node)) return 'await'
  if (!purity.moduleState && isModuleVariable(node)) return 'a variable of the module'
  return null
}

function identifierImpurity(node: ts.Identifier, purity: Purity): string | null {
  const name = node.text
  if (isMemberName(node)) return purity.members.includes(name) ? `.${name}` : null
  if (purity.globals.includes(name)) return name
  return Object.hasOwn(PARTLY, name) && !isLawfulPart(node, PARTLY[name]) ? `${name}.${PARTLY[name]}` : null
}

/** `x.name`, `{ name: … }`, `name()` of an interface: not the global of that name. `{ name }` is. */
function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isQualifiedName(parent)) return parent.right === node
  const isMember =
    ts.isPropertyAccessExpression(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent)
  return isMember && parent.name === node
}

/** Named member by member, so that nothing hides behind another name. */
function isLawfulPart(node: ts.Identifier, forbidden: string | undefined): boolean {
  const { parent } = node
  if (ts.isImportSpecifier(parent)) return parent.propertyName === undefined
  if (ts.isPropertyAccessExpression(parent)) return parent.name.text !== forbidden
  return ts.isQualifiedName(parent) && parent.right.text !== forbidden
}

function importImpurity(node: ts.ImportDeclaration | ts.ExportDeclaration, purity: Purity): string | null {
  const from = node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : ''
  if (!from.startsWith('node:')) return null
  const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined
  const names = bindings && ts.isNamedImports(bindings) ? bindings.elements : null
  const lawful = names?.every(({ name, propertyName }) =>
    purity.nodeImports[from]?.includes((propertyName ?? name).text),
  )
  return lawful ? null : `an import from ${from}`
}

function isModuleVariable(node: ts.Node): boolean {
  const isVariable = ts.isVariableStatement(node) && !(node.declarationList.flags & ts.NodeFlags.Const)
  return isVariable && ts.isSourceFile(node.parent)
}
