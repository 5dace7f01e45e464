/**
 * Declarations of five items through HTTP: lodged, accepted, assessed, paid from deferment, released and cleared in the green lane,
 * acknowledged only after their commit. Yardstick of the same run: the very rows that this wrote, inserted bare (no HTTP, no rule, no
 * duty, no lock, no chain), one transaction a declaration, by the same number of writers.
 */
import { randomBytes } from 'node:crypto'
import { connect, type Sql } from '#platform/database.ts'
import { cpuMs, freePort, openDatabase, parentOf, percentile, startServer } from './administration.ts'
import { createClient, declarationOf, lodgeOne, signIn, type Broker, type Client } from './load.ts'

type Options = { seconds: number; writers: number }
type Measured = { declarations: number; perSecond: number; p50Ms: number; p95Ms: number; p99Ms: number; refused: number; selectedByChance: number }

const load = async (client: Client, brokers: Broker[], { seconds, writers }: Options, run: string): Promise<Measured> => {
  const times: number[] = []
  let refused = 0
  let selected = 0
  let next = 0
  const end = performance.now() + seconds * 1000
  const began = performance.now()
  const writer = async (): Promise<void> => {
    while (performance.now() < end) {
      const n = next++
      const broker = brokers[n % brokers.length]!
      const start = performance.now()
      const answer = await lodgeOne(client, broker, declarationOf(broker, n, run), crypto.randomUUID())
      const status = answer.status === 201 ? (JSON.parse(answer.body) as { status: string }).status : ''
      if (status === 'under-control') selected++
      else if (status !== 'cleared' && refused++ < 3) process.stderr.write(`refused: ${answer.status} ${answer.body.slice(0, 600)}\n`)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: writers }, writer))
  const took = (performance.now() - began) / 1000
  times.sort((a, b) => a - b)
  const round = (n: number): number => Math.round(n * 10) / 10
  // Only what was released counts; what chance sent to an officer was work all the same.
  const released = times.length - refused - selected
  return {
    declarations: released,
    perSecond: round(released / took),
    p50Ms: round(percentile(times, 50)),
    p95Ms: round(percentile(times, 95)),
    p99Ms: round(percentile(times, 99)),
    refused,
    selectedByChance: selected,
  }
}

/** Every table that a declaration writes, and how its rows are found from the declaration. */
const tables: { name: string; rows: string }[] = [
  { name: 'clearance.declaration', rows: 'select t.* from clearance.declaration t where t.mrn = $1' },
  { name: 'clearance.item', rows: 'select t.* from clearance.item t join clearance.declaration d on d.id = t.declaration_id where d.mrn = $1' },
  {
    name: 'clearance.reference',
    rows: 'select t.* from clearance.reference t join clearance.declaration d on d.id = t.declaration_id where d.mrn = $1',
  },
  { name: 'clearance.notification', rows: 'select t.* from clearance.notification t where t.mrn = $1' },
  {
    name: 'journal.entry',
    rows: "select t.* from journal.entry t join clearance.declaration d on t.subject_id = d.id::text and t.subject_kind = 'declaration' where d.mrn = $1",
  },
  { name: 'risk.decision', rows: 'select t.* from risk.decision t join clearance.declaration d on t.subject_id = d.id::text where d.mrn = $1' },
  { name: 'duty.charge', rows: 'select t.* from duty.charge t join clearance.declaration d on t.subject_id = d.id::text where d.mrn = $1' },
  { name: 'duty.posting', rows: 'select t.* from duty.posting t join clearance.declaration d on t.subject_id = d.id::text where d.mrn = $1' },
  {
    name: 'duty.posting_line',
    rows: 'select t.* from duty.posting_line t join duty.posting p on p.id = t.posting_id join clearance.declaration d on p.subject_id = d.id::text where d.mrn = $1',
  },
]

type Sample = { perTable: string[] }[]

/** Copies of the tables with their indexes and checks, empty, and the rows of some declarations as text. */
const prepareBare = async (owner: Sql, count: number): Promise<Sample> => {
  await owner`create schema bench`
  for (const t of tables)
    await owner.unsafe(`create table bench.${t.name.replace('.', '_')} (like ${t.name} including defaults including constraints including indexes)`)
  const mrns = (
    await owner<{ mrn: string }[]>`select mrn from clearance.declaration where status = 'cleared' order by lodged_at desc limit ${count}`
  ).map((r) => r.mrn)
  const sample: Sample = []
  for (const mrn of mrns) {
    const perTable: string[] = []
    for (const t of tables)
      perTable.push(
        (await owner.unsafe<{ rows: string }[]>(`select coalesce(json_agg(x), '[]')::text as rows from (${t.rows}) x`, [mrn], { prepare: true }))[0]!
          .rows,
      )
    sample.push({ perTable })
  }
  return sample
}

const insertBare = async (owner: Sql, sample: Sample, writers: number): Promise<{ declarations: number; perSecond: number; rows: number }> => {
  const statements = tables.map((t) => {
    const copy = `bench.${t.name.replace('.', '_')}`
    return `insert into ${copy} overriding system value select * from json_populate_recordset(null::${copy}, $1::text::json)`
  })
  let next = 0
  let rows = 0
  const began = performance.now()
  const writer = async (): Promise<void> => {
    for (let one = sample[next++]; one; one = sample[next++]) {
      const given = one.perTable
      await owner.begin(async (tx) => {
        const done = await Promise.all(statements.map((statement, i) => tx.unsafe(statement, [given[i]!], { prepare: true })))
        rows += done.reduce((t, r) => t + r.count, 0)
      })
    }
  }
  await Promise.all(Array.from({ length: writers }, writer))
  return { declarations: sample.length, perSecond: Math.round((sample.length / (performance.now() - began)) * 10_000) / 10, rows }
}

/** Runs the benchmark and answers its one object. Flags: `--seconds N` (20), `--writers N` (24). */
export const bench = async (flags: { seconds?: string; writers?: string }): Promise<Record<string, unknown>> => {
  const options: Options = { seconds: Number(flags.seconds ?? 20), writers: Number(flags.writers ?? 24) }
  const database = await openDatabase()
  try {
    const server = await startServer(database.databaseUrl, await freePort(), ['--demo', '--no-worker'])
    const owner = connect({ url: database.databaseUrl, asOwner: true, max: options.writers })
    // No importer's limit may end the run; the limit is checked all the same.
    await owner`update duty.account set limit_minor = 900000000000000 where kind = 'deferment'`
    const client = createClient(server.address, options.writers)
    const brokers = await signIn(client)
    const run = randomBytes(3).toString('hex').toUpperCase()
    process.stderr.write('warming up\n')
    await load(client, brokers, { seconds: 4, writers: options.writers }, `${run}W`)
    process.stderr.write(`measuring for ${options.seconds} s with ${options.writers} writers, ${brokers.length} brokers\n`)
    const [{ pid }] = await owner<[{ pid: number }]>`select pg_backend_pid() as pid`
    const spent = (): (number | null)[] => [
      cpuMs(server.process.pid!),
      cpuMs(parentOf(pid), true),
      process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000,
    ]
    const before = spent()
    const measured = await load(client, brokers, options, run)
    const [forServer, forDatabase, forClient] = spent().map((now, i) =>
      now === null ? null : Math.round(((now - (before[i] ?? 0)) / Math.max(1, measured.declarations)) * 100) / 100,
    )
    server.process.kill('SIGTERM')
    await server.ended
    client.close()
    const sample = await prepareBare(owner, Math.min(measured.declarations, 4000))
    const bare = await insertBare(owner, sample, options.writers)
    await owner.end()
    return {
      bench: 'declarations',
      ok: measured.refused === 0,
      itemsEach: 5,
      ...options,
      ...measured,
      cpuMsEach: { server: forServer, database: forDatabase, client: forClient },
      yardstick: { name: 'the same rows inserted bare', ...bare, rowsEach: Math.round((bare.rows / Math.max(1, bare.declarations)) * 10) / 10 },
      ratio: Math.round((measured.perSecond / bare.perSecond) * 1000) / 1000,
    }
  } finally {
    await database.close()
  }
}
