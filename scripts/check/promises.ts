// Promises that nobody waits for: their failure would be lost, or end the process far from its cause. The linter cannot see types, the
// compiler's interface can. `void promise` says that it is meant. (TypeScript 6 is here for this and for the boundaries; 7 has no interface.)
import { join, relative } from 'node:path'
import ts from 'typescript'
import { repository } from './process.ts'

const isPromise = (checker: ts.TypeChecker, type: ts.Type): boolean =>
  type.isUnionOrIntersection()
    ? type.types.some((part) => isPromise(checker, part))
    : type.getProperty('then') !== undefined && type.getProperty('catch') !== undefined && checker.typeToString(type) !== 'any'

/** test(…), describe(…) and their like give promises which the test runner itself waits for. */
const isTestCall = (call: ts.Expression): boolean =>
  ts.isCallExpression(call) && /^(test|it|describe|suite|before|after)(\.\w+)?$/.test(call.expression.getText())

/** Awaited or meant, kept for later (`x = promise`), or its failure is dealt with (`.catch(f)`, `.then(f, g)`). */
const isLookedAfter = (node: ts.Expression): boolean => {
  if (ts.isAwaitExpression(node) || ts.isVoidExpression(node)) return true
  if (ts.isBinaryExpression(node))
    return node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && node.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false
  const name = node.expression.name.text
  return (name === 'catch' && node.arguments.length === 1) || (name === 'then' && node.arguments.length === 2)
}

const findIn = (source: ts.SourceFile, checker: ts.TypeChecker): string[] => {
  const found: string[] = []
  const tell = (node: ts.Node, what: string): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart())
    found.push(`${relative(repository, source.fileName)}:${line + 1}: ${what}: ${node.getText().split('\n')[0]!.slice(0, 100)}`)
  }
  const visit = (node: ts.Node): void => {
    if (
      ts.isExpressionStatement(node) &&
      !isLookedAfter(node.expression) &&
      !isTestCall(node.expression) &&
      isPromise(checker, checker.getTypeAtLocation(node.expression))
    ) {
      tell(node, 'nobody waits for this promise (await it, or say void)')
    }
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'forEach') {
      const [callback] = node.arguments
      const returns = callback && checker.getTypeAtLocation(callback).getCallSignatures()[0]?.getReturnType()
      if (returns && isPromise(checker, returns)) tell(node, 'forEach does not wait for promises (use for … of)')
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** What the files of these configurations leave floating, checked as one program with the options of the last, so that shared types are read once. */
export const findFloating = (...configFiles: string[]): { found: string[]; seen: number } => {
  const configs = configFiles.map((file) => ts.parseJsonConfigFileContent(ts.readConfigFile(file, ts.sys.readFile).config, ts.sys, join(file, '..')))
  const types = configs.flatMap(({ options }) => options.types ?? [])
  const program = ts.createProgram([...new Set(configs.flatMap(({ fileNames }) => fileNames))], { ...configs.at(-1)?.options, types })
  const checker = program.getTypeChecker()
  const sources = program.getSourceFiles().filter((source) => !source.isDeclarationFile && !source.fileName.includes('/node_modules/'))
  return { found: sources.flatMap((source) => findIn(source, checker)), seen: sources.length }
}

if (import.meta.main) {
  const { found, seen } = findFloating(...['tsconfig.json', 'tsconfig.web.json'].map((file) => join(repository, file)))
  for (const line of found) console.log(line)
  if (seen < 100) console.log(`only ${seen} files were seen: the check itself is broken`)
  process.exitCode = seen < 100 || found.length > 0 ? 1 : 0
}
