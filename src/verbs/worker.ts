import { readConfig } from '#config'
import { cannotStart } from '#platform/cannot-start.ts'
import { createLog } from '#platform/log.ts'
import { migrate } from '#platform/migrate.ts'
import { endInOrder, findDatabase, holdsCountry, reach, readFlags } from './administration.ts'
import { say, type Help } from './verb.ts'

export const help: Help = {
  usage: 'worker',
  summary: 'runs background work only, on DATABASE_URL or on the administration that runs here; as many of these as you like',
  example: 'DATABASE_URL=postgres://… ./bin/portcullis worker',
}

/** Runs until a signal; exit code 2 when there is no database to work on. */
export const run = async (args: string[]): Promise<number> => {
  readFlags('worker', args, {})
  const config = readConfig(process.env)
  const databaseUrl = findDatabase(config)
  if (!databaseUrl) throw cannotStart('A worker needs a database: set DATABASE_URL, or start ./bin/portcullis serve on this data directory first.')
  await reach(databaseUrl)
  const log = createLog(config.logLevel)
  const ending = endInOrder()
  await migrate(databaseUrl, log)
  if (!(await holdsCountry(databaseUrl))) throw cannotStart('The database holds no country yet: start ./bin/portcullis serve --demo on it first.')
  const { createApp } = await import('../app.ts')
  const app = await createApp({ config, databaseUrl, log, roles: { http: false, worker: true, simulator: false }, demo: false })
  ending.add(() => app.close())
  await app.listen()
  say('The worker is ready.')
  return ending.wait()
}
