/** The command line: finds the verb and runs it. stdout carries JSON lines only; everything for people goes to stderr. */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { explainFullDisk, isCannotStart } from '#platform/cannot-start.ts'
import { say } from './verbs/verb.ts'
import { verbs, type VerbName } from './verbs/index.ts'

enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/portcullis'))

/** These keep running when nobody reads their answers any more; the others have nothing left to do then. */
const servants: readonly string[] = ['serve', 'worker'] satisfies VerbName[]

const isVerb = (name: string): name is VerbName => Object.hasOwn(verbs, name)

const surviveClosedPipes = (verb: string): void => {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'EPIPE') throw fault
      if (stream === process.stdout && !servants.includes(verb)) process.exit()
    })
  }
}

const main = async (words: string[]): Promise<number> => {
  const first = words[0] ?? 'help'
  const verb = ['--help', '-h'].includes(first) ? 'help' : first
  surviveClosedPipes(verb)
  if (!isVerb(verb)) {
    say(`There is no verb "${verb}": ./bin/portcullis help lists them.`)
    return 2
  }
  const rest = words.slice(1)
  const asksForHelp = rest.includes('--help') || rest.includes('-h')
  const { run } = asksForHelp ? await verbs.help() : await verbs[verb]()
  return run(asksForHelp ? [verb] : rest)
}

try {
  process.exit(await main(process.argv.slice(2)))
} catch (thrown) {
  const fault = explainFullDisk(thrown, (thrown as { path?: string }).path ?? 'the data')
  say(isCannotStart(fault) ? fault.message : fault instanceof Error ? (fault.stack ?? fault.message) : String(fault))
  process.exit(2)
}
