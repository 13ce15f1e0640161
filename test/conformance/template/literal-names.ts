import { readFileSync } from 'node:fs'
import ts from 'typescript'

/**
 * The names that a type of a source file stands for: `'a' | 'b'`. Types are gone when tests run, so it is read.
 * @throws where the file has no such type, or it is anything else.
 */
export function literalNames(path: string, type: string): readonly string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext, true)
  const alias = source.statements.filter(ts.isTypeAliasDeclaration).find(({ name }) => name.text === type)
  if (!alias) throw new Error(`${path}: there is no type ${type}`)
  const members = ts.isUnionTypeNode(alias.type) ? alias.type.types : [alias.type]
  return members.map((member) => {
    const literal = ts.isLiteralTypeNode(member) ? member.literal : null
    if (literal === null || !ts.isStringLiteral(literal)) throw new Error(`${path}: ${type} is no list of names`)
    return literal.text
  })
}
