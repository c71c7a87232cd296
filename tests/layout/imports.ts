import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import ts from 'typescript'

/** `to` is the path of another file of the project, or the name of a package. */
export type Import = { from: string; to: string; isType: boolean }

const ROOT = join(import.meta.dirname, '../..')

/** All imports of the TypeScript files in these folders. Paths are relative to the project, with slashes. */
export function importsOf(folders: readonly string[]): Import[] {
  return folders.flatMap(filesIn).flatMap((from) =>
    importsIn(from, readFileSync(join(ROOT, from), 'utf8')).map(({ to, isType }) => ({
      from,
      to: to.startsWith('.') ? resolved(from, to) : to,
      isType,
    })),
  )
}

const filesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((path) => /\.m?tsx?$/.test(path))

/** A source file's imports: in statements, in `import()` and in types. */
export function importsIn(path: string, source: string): Omit<Import, 'from'>[] {
  const found: Omit<Import, 'from'>[] = []
  const add = (specifier: ts.Node | undefined, isType: boolean): void => {
    if (specifier && ts.isStringLiteralLike(specifier)) found.push({ to: specifier.text, isType })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    } else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false)
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, source, ts.ScriptTarget.Latest))
  return found
}

const ENDINGS = ['', '.ts', '.tsx', '.mts', '/index.ts']

function resolved(from: string, specifier: string): string {
  const base = posix.join(posix.dirname(from), specifier).replace(/\.mjs$/, '.mts')
  const found = ENDINGS.map((ending) => `${base}${ending}`).find(
    (path) => /\.\w+$/.test(path) && existsSync(join(ROOT, path)),
  )
  if (found === undefined) throw new Error(`${from} imports ${specifier}, which does not exist`)
  return found
}

/** Every circle of imports, written as the shortest path from a file back to itself. */
export function circlesIn(imports: readonly Pick<Import, 'from' | 'to'>[]): string[] {
  const next = new Map<string, Set<string>>()
  for (const { from, to } of imports) next.set(from, (next.get(from) ?? new Set()).add(to))
  const circles = [...next.keys()].flatMap((start) => circleThrough(start, next) ?? [])
  return [...new Set(circles)].sort()
}

function circleThrough(start: string, next: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  const ways: string[][] = [[start]]
  const seen = new Set<string>()
  for (const way of ways) {
    for (const file of next.get(way.at(-1) ?? start) ?? []) {
      if (file === start) return named(way)
      if (seen.has(file)) continue
      seen.add(file)
      ways.push([...way, file])
    }
  }
  return undefined
}

/** Writes each circle the same way, wherever the search entered it: it starts with the path that sorts first. */
function named(circle: readonly string[]): string {
  const first = circle.indexOf([...circle].sort()[0] ?? '')
  const turned = [...circle.slice(first), ...circle.slice(0, first)]
  return [...turned, turned[0]].join(' -> ')
}
