import { verbs } from './index.ts'
import { answer, say, type Help } from './verb.ts'

export const help: Help = { usage: 'help [VERB]', summary: 'lists the verbs, or tells about one', example: './bin/portcullis help serve' }

/** Prints what each verb does: for people on stderr, one JSON object a verb on stdout. */
export const run = async (args: string[]): Promise<number> => {
  const wanted = Object.entries(verbs).filter(([name]) => args.length === 0 || args.includes(name))
  if (wanted.length === 0) {
    say(`There is no verb "${args[0]}": ./bin/portcullis help lists them.`)
    return 2
  }
  say(
    'Portcullis: a customs administration that runs.\nAnswers are JSON lines on stdout; exit code 0 all accepted, 1 some input refused, 2 could not run.\n',
  )
  for (const [name, load] of wanted) {
    const about = name === 'help' ? help : (await load()).help
    say(`  ${about.usage}\n      ${about.summary}\n      e.g. ${about.example}\n`)
    if (!process.stdout.isTTY) answer({ verb: name, ...about })
  }
  return 0
}
