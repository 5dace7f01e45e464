import { cannotStart } from '#platform/cannot-start.ts'
import { createLog } from '#platform/log.ts'
import { migrate } from '#platform/migrate.ts'
import { configWith, endInOrder, findDatabase, holdsCountry, reach, readFlags } from './administration.ts'
import { readPorts } from './seal-ports.ts'
import { answer, say, type Help } from './verb.ts'

export const help: Help = {
  usage: 'gateway [--listen PROTOCOL=PORT[,PROTOCOL=PORT…]] [--host ADDRESS]',
  summary:
    'takes the reports of seals and vehicle units on these ports and from the broker of SEAL_BROKER, on DATABASE_URL or beside the administration that runs here',
  example: './bin/portcullis gateway --listen jt701=9001,jt808=9002 --host 0.0.0.0',
}

/** Runs until a signal; exit code 2 when it could not start. */
export const run = async (args: string[]): Promise<number> => {
  const flags = readFlags('gateway', args, { listen: { type: 'string' }, host: { type: 'string' } })
  const config = configWith(flags)
  if (!flags.listen && !config.sealBroker) throw cannotStart('gateway: name at least one port, as in --listen jt701=9001, or set SEAL_BROKER.')
  const seals = flags.listen ? readPorts('gateway', flags.listen) : []
  const databaseUrl = findDatabase(config)
  if (!databaseUrl) throw cannotStart('A gateway needs a database: set DATABASE_URL, or start ./bin/portcullis serve on this data directory first.')
  await reach(databaseUrl)
  const log = createLog(config.logLevel)
  const ending = endInOrder()
  await migrate(databaseUrl, log)
  if (!(await holdsCountry(databaseUrl))) throw cannotStart('The database holds no country yet: start ./bin/portcullis serve --demo on it first.')
  const { createApp } = await import('../app.ts')
  const app = await createApp({
    config,
    databaseUrl,
    log,
    roles: { http: false, worker: false, simulator: false },
    demo: false,
    seals,
    isGateway: true,
  })
  ending.add(() => app.close())
  await app.listen()
  say('The gateway is open.')
  answer({ ok: true, listen: seals })
  return ending.wait()
}
