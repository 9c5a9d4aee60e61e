import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'

/**
 * The files whose texts persons and carers can meet, found by the imports of the product from its start. What only staff
 * open is left out: the pages of `staffRoutes` in the routes, and the two frames around them.
 */
const start = ['src/main.tsx', 'src/app/start.tsx']
const routes = 'src/app/routes.tsx'
const staffLists = new Set(['personPages', 'workPages', 'teamPages', 'agreementPages'])
const staffFrames = /layouts\/(work|person)-layout\.tsx$/
/** Staff print or show these for the person, in the person's language. */
const shownToPerson: readonly string[] = [
  'src/features/care-plan/agreement/paper-page.tsx',
  'src/features/care-plan/paper/plan-paper-page.tsx',
]

const sourceOf = (file: string) =>
  ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)

function resolved(from: string, name: string): string | undefined {
  if (name.startsWith('#')) return `src/${name.slice(1)}`
  if (name.startsWith('.')) return normalize(join(dirname(from), name)).replaceAll('\\', '/')
  return undefined
}

const isStaffList = (node: ts.Node) =>
  ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && staffLists.has(node.name.text)

/** What a module loads when it runs: no types. */
function importsOf(file: string): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (isStaffList(node)) return
    const name = importedBy(node)
    if (name) found.push(name)
    ts.forEachChild(node, visit)
  }
  visit(sourceOf(file))
  return found.flatMap((name) => resolved(file, name) ?? [])
}

function importedBy(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) && node.importClause?.isTypeOnly !== true)
    return textOf(node.moduleSpecifier)
  if (ts.isExportDeclaration(node) && !node.isTypeOnly) return textOf(node.moduleSpecifier)
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return textOf(node.arguments[0])
  return undefined
}

const textOf = (node: ts.Node | undefined) =>
  node && ts.isStringLiteral(node) ? node.text : undefined

export function personFacingFiles(): readonly string[] {
  const seen = new Set<string>()
  const waiting = [...start, routes, ...shownToPerson]
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (seen.has(file) || staffFrames.test(file) || !/^src\/.+\.tsx?$/.test(file)) continue
    if (/^src\/(server|demo-data)\//.test(file) || !existsSync(file)) continue
    seen.add(file)
    waiting.push(...importsOf(file))
  }
  return [...seen].filter((file) => /@lingui\/\w+\/macro/.test(readFileSync(file, 'utf8'))).sort()
}
