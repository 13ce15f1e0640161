import ts from 'typescript'

export const MOST_LINES = 250
export const MOST_FUNCTION_LINES = 40

/** Names that say nothing about what is inside. */
const EMPTY_NAMES = ['util', 'utils', 'helper', 'helpers', 'manager', 'service', 'common', 'misc']
const TEST_CALLS = ['test', 'it', 'describe', 'suite', 'bench']
const NOT_RUN = ['skip', 'only', 'todo', 'fails', 'skipIf', 'runIf']
const PREFIXED = ['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe']

/** What is wrong with a path from the root of the project; null when nothing is. */
export function nameFault(path: string): string | null {
  for (const segment of path.split('/')) {
    const words = segment.replace(/\.[a-z.]+$/, '')
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(words)) return `${segment} is not in kebab-case`
    if (words === 'index') return `${segment} says nothing`
    const empty = words.split('-').find((word) => EMPTY_NAMES.includes(word))
    if (empty) return `${segment}: "${empty}" says nothing`
  }
  return null
}

/** Functions that do not fit on a screen, and whatever forwards all of another file (`export *`), as `line: what`. */
export function sourceFaults(text: string): string[] {
  return collect(text, (node, source) => {
    if (ts.isExportDeclaration(node) && !node.exportClause) return 'export *'
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return null
    const lines = lineOf(source, node.end) - lineOf(source, node.getStart()) + 1
    return lines > MOST_FUNCTION_LINES ? `a function of ${lines} lines` : null
  })
}

/** Tests that are skipped, focused, promised, or expected to fail, as `line: what`. */
export function testFaults(text: string): string[] {
  return collect(text, (node) => {
    if (ts.isIdentifier(node) && PREFIXED.includes(node.text) && ts.isCallExpression(node.parent)) return node.text
    if (!ts.isPropertyAccessExpression(node) || !NOT_RUN.includes(node.name.text) || isForPosix(node)) return null
    return TEST_CALLS.includes(firstName(node)) ? `${firstName(node)}.${node.name.text}` : null
  })
}

/** File modes do not exist everywhere: `test.runIf(onPosix)` is the one condition there may be. */
function isForPosix({ name, parent }: ts.PropertyAccessExpression): boolean {
  return name.text === 'runIf' && ts.isCallExpression(parent) && parent.arguments[0]?.getText() === 'onPosix'
}

/** `test` of `test.concurrent.skip`. */
function firstName(node: ts.Expression): string {
  if (ts.isPropertyAccessExpression(node)) return firstName(node.expression)
  return ts.isIdentifier(node) ? node.text : ''
}

function collect(text: string, faultOf: (node: ts.Node, source: ts.SourceFile) => string | null): string[] {
  const source = ts.createSourceFile('checked.ts', text, ts.ScriptTarget.ESNext, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const fault = faultOf(node, source)
    if (fault) found.push(`${lineOf(source, node.getStart())}: ${fault}`)
    node.forEachChild(visit)
  }
  visit(source)
  return found
}

function lineOf(source: ts.SourceFile, position: number): number {
  return source.getLineAndCharacterOfPosition(position).line + 1
}
