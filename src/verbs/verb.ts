/** What a verb of the command line is, and the little that all of them share. */

export type Help = {
  /** the words after `portcullis`, such as `serve [--demo]` */
  usage: string
  summary: string
  example: string
}

/** One file src/verbs/<verb>.ts. `run` answers the exit code: 0 all accepted, 1 some input refused, 2 could not run. */
export type Verb = { run: (args: string[]) => Promise<number>; help: Help }

/** One JSON object a line on stdout: the answers of the command line and nothing else. */
export const answer = (value: unknown): void => {
  process.stdout.write(JSON.stringify(value) + '\n')
}

/** A line for people, on stderr. */
export const say = (text: string): void => {
  process.stderr.write(text + '\n')
}
