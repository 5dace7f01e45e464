import { existsSync, readFileSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readConfig } from '#config'
import { formatMoney } from '#kernel/money.ts'
import type { Issue } from '#kernel/issue.ts'
import { legalDate } from '#kernel/time.ts'
import { createBus } from '#platform/bus.ts'
import { cannotStart } from '#platform/cannot-start.ts'
import { connect, inTransaction } from '#platform/database.ts'
import { startTemporaryPostgres } from '#platform/embedded-postgres.ts'
import { createLog } from '#platform/log.ts'
import { migrate } from '#platform/migrate.ts'
import {
  bytesAtMost,
  createClearance,
  findDeclaration,
  notificationsOf,
  readMessage,
  receive,
  recordAllocation,
  type Clearance,
  type ReadResult,
} from '#modules/clearance'
import { demoPerson, findPrincipal } from '#modules/identity'
import { allocateDue, readTariffSettings, saveTariffSettings, type TariffSettings } from '#modules/trade'
import type { DeclarationDocument } from '#schema/clearance'
import { loadDemoWhenEmpty } from '../demo.ts'
import { findDatabase } from './administration.ts'
import { sentenceOf } from './sentence.ts'
import { answer, say, type Help } from './verb.ts'

export const help: Help = {
  usage: 'declare [--as PERSON] [--tariff FILE.json] FILE… | -',
  summary: 'lodges files (WCO DMS XML, canonical JSON, requests, movements) as the demo broker in the running administration, or in a temporary one',
  example: './bin/portcullis declare declaration.xml',
}

type Input = { file: string; bytes: Uint8Array | null; issues: Issue[] }
type Principal = NonNullable<Awaited<ReturnType<typeof findPrincipal>>>

const readFile = (file: string): Input => {
  if (!existsSync(file))
    return {
      file,
      bytes: null,
      issues: [{ code: 'message.file_unreadable', severity: 'error', path: '', params: { detail: 'there is no such file' } }],
    }
  const size = statSync(file).size
  if (size > bytesAtMost)
    return { file, bytes: null, issues: [{ code: 'message.too_large', severity: 'error', path: '', params: { bytes: size, max: bytesAtMost } }] }
  return { file, bytes: readFileSync(file), issues: [] }
}

/** Standard input: JSON lines, each a canonical declaration or `{file}` or `{xml}`. */
const readLines = (): Input[] =>
  readFileSync(0, 'utf8')
    .split('\n')
    .filter((l) => l.trim())
    .map((line, i) => {
      try {
        const value = JSON.parse(line) as { file?: unknown; xml?: unknown }
        if (typeof value.xml === 'string') return { file: `-:${i + 1}`, bytes: Buffer.from(value.xml), issues: [] }
        if (typeof value.file === 'string') return readFile(value.file)
      } catch {
        return {
          file: `-:${i + 1}`,
          bytes: null,
          issues: [{ code: 'message.input_invalid', severity: 'error', path: '', params: { detail: 'not JSON' } }],
        }
      }
      return { file: `-:${i + 1}`, bytes: Buffer.from(line), issues: [] }
    })

/** A tariff from a file, for the trader test service of a temporary administration. */
const readTariff = (file: string): TariffSettings => {
  const outcome = readTariffSettings(JSON.parse(readFileSync(file, 'utf8')))
  if (outcome.ok) return outcome.value
  const [first] = outcome.issues
  throw cannotStart(`declare: ${file} is no tariff: ${first!.path}: ${sentenceOf(first!)}`)
}

/** The administration to lodge in: DATABASE_URL, the one that runs here, or a temporary one that is gone afterwards. */
const openAdministration = async (temporary: boolean): Promise<{ url: string; close: () => Promise<void> }> => {
  const config = readConfig(process.env)
  const running = temporary ? undefined : findDatabase(config)
  if (running) return { url: running, close: async () => undefined }
  const database = await startTemporaryPostgres({ log: { info: () => undefined, warn: say } })
  return { url: database.url, close: database.stop }
}

const refusal = (file: string, issues: readonly Issue[]) => ({ file, ok: false, issues: issues.map((i) => ({ ...i, text: sentenceOf(i) })) })

/** What became of a declaration: state, all that the trade side was told so far, duty by line. */
const outcomeOf = async (c: Clearance, file: string, mrn: string, issues: readonly Issue[]) => {
  const found = await findDeclaration(c, mrn)
  if (!found) return refusal(file, [{ code: 'clearance.declaration_unknown', severity: 'error', path: '/mrn', params: { mrn } }])
  const { state, status } = found
  const told = await notificationsOf(c.deps.sql, mrn)
  const all = status === 'rejected' ? state.issues : issues
  return {
    file,
    ok: status !== 'rejected',
    mrn,
    status,
    lane: state.lane?.lane ?? null,
    notifications: told.map((n) => n.notification),
    taxes: (state.assessment?.lines ?? []).map((l) => ({
      line: l.itemNumber,
      type: l.type,
      base: 'amount' in l.base ? formatMoney(l.base.amount) : 'quantity' in l.base ? l.base.quantity : null,
      rate: l.rate,
      amount: formatMoney(l.assessed),
      deduct: formatMoney(l.deduct),
      payable: formatMoney(l.payable),
      currency: l.payable.currency,
      method: l.method,
      status: l.status,
    })),
    issues: all.map((i) => ({ ...i, text: sentenceOf(i as Issue) })),
  }
}

/** A request from a recorded scenario names the MRN of its own day: here it goes to the declaration lodged just before, best by LRN. */
const readdress = (message: ReadResult, lodged: readonly { mrn: string; lrn: string }[], known: boolean): ReadResult => {
  const document = message.document as DeclarationDocument | undefined
  if (!document || document.function !== 'request' || known) return message
  const target = lodged.findLast((l) => l.lrn === document.lrn) ?? lodged.at(-1)
  return target ? { ...message, document: { ...document, mrn: target.mrn } } : message
}

const lodgeAll = async (c: Clearance, principal: Principal, inputs: readonly Input[]): Promise<boolean> => {
  const lodged: { mrn: string; lrn: string }[] = []
  let all = true
  for (const input of inputs) {
    const result = await lodgeOne(c, principal, input, lodged)
    all &&= result.ok
    answer(result)
  }
  return all
}

/** The trader test service tells the share of a quota at once: there may be no later hour at which anybody could be told. */
const tellShares = async (c: Clearance, mrn: string): Promise<void> => {
  const state = (await findDeclaration(c, mrn))?.state
  if (!state?.quotas || !c.settings(state.administration, c.deps.clock().slice(0, 10)).traderTest) return
  await allocateDue(c.deps.sql, c.deps.clock())
  await recordAllocation(c, state.id, c.deps.clock())
}

const lodgeOne = async (c: Clearance, principal: Principal, input: Input, lodged: { mrn: string; lrn: string }[]): Promise<{ ok: boolean }> => {
  if (!input.bytes) return refusal(input.file, input.issues)
  const read = readMessage(input.bytes)
  if (!read.ok || !read.document) return refusal(input.file, read.issues)
  const mrn = (read.document as DeclarationDocument).mrn
  const message = readdress(read, lodged, mrn !== undefined && (await findDeclaration(c, mrn)) !== null)
  const outcome = await receive(c, principal, message, crypto.randomUUID(), c.deps.clock())
  if (!outcome.ok) return refusal(input.file, outcome.issues)
  const reply = outcome.value as { mrn?: string; lrn?: string; mrns?: string[]; code?: string }
  if (reply.mrns)
    return {
      file: input.file,
      ok: true,
      movement: reply.code,
      declarations: await Promise.all(reply.mrns.map((m) => outcomeOf(c, input.file, m, []))),
      issues: [],
    } as { ok: boolean }
  await tellShares(c, reply.mrn!)
  if (!lodged.some((l) => l.mrn === reply.mrn)) lodged.push({ mrn: reply.mrn!, lrn: reply.lrn! })
  return outcomeOf(c, input.file, reply.mrn!, outcome.issues)
}

export const run = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { as: { type: 'string' }, tariff: { type: 'string' } } })
  if (positionals.length === 0) throw cannotStart('declare: name at least one file, or - to read JSON lines from standard input.')
  const inputs = positionals.flatMap((file) => (file === '-' ? readLines() : [readFile(file)]))
  const tariff = values.tariff ? readTariff(values.tariff) : null
  const administration = await openAdministration(tariff !== null)
  const log = createLog('warn')
  try {
    await migrate(administration.url, log)
    await loadDemoWhenEmpty(administration.url, () => undefined)
    const sql = connect({ url: administration.url, max: 4 })
    if (tariff) await inTransaction(sql, (tx) => saveTariffSettings(tx, 'GB', tariff, new Date().toISOString()))
    const bus = await createBus(sql, log)
    const clock = (): string => new Date().toISOString()
    const clearance = await createClearance({ sql, bus, log, clock, config: { demo: true } })
    const principal = await findPrincipal(sql, demoPerson(values.as ?? 'broker').id, legalDate(clock(), 'UTC'))
    if (!principal) throw cannotStart('declare: this administration has no demo broker; it was not loaded with the demo country.')
    const all = await lodgeAll(clearance, principal, inputs)
    clearance.close()
    await bus.close()
    await sql.end({ timeout: 5 })
    return all ? 0 : 1
  } finally {
    await administration.close()
  }
}
