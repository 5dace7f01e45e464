/** `tariff import`: reads a foreign tariff, says what it would change and what it refuses; without --dry-run it becomes a proposal. */
import { createReadStream, existsSync } from 'node:fs'
import { basename } from 'node:path'
import { readConfig } from '#config'
import type { Issue } from '#kernel/issue.ts'
import { cannotStart } from '#platform/cannot-start.ts'
import { connect } from '#platform/database.ts'
import { createLog } from '#platform/log.ts'
import { createBus } from '#platform/bus.ts'
import { demoPerson, findPrincipal } from '#modules/identity'
import { dryRun, importFile, importKinds, loadTariff, shippedHs, shippedRows, type DryRun, type ImportKind, type ImportOptions } from '#modules/trade'
import { findDatabase, readWords } from '../administration.ts'
import { sentenceOf } from '../sentence.ts'
import { answer, say } from '../verb.ts'

const flags = {
  'dry-run': { type: 'boolean' },
  administration: { type: 'string' },
  from: { type: 'string' },
  repair: { type: 'boolean' },
  as: { type: 'string' },
  title: { type: 'string' },
} as const

/** Whose tariff a file of this kind is, when nobody says otherwise. */
const usualAdministration: Readonly<Record<ImportKind, string>> = { hs: 'XV', usitc: 'US', uk: 'GB', s301: 'US' }

const isKind = (text: string): text is ImportKind => (importKinds as readonly string[]).includes(text)
const told = (i: Issue) => ({ ...i, text: sentenceOf(i) })

const report = (file: string, kind: ImportKind, o: ImportOptions, run: DryRun) => ({
  file,
  kind,
  ok: run.tally.rows.refused === 0 && run.tally.rows.taken > 0,
  administration: o.administration,
  from: o.from,
  rows: run.tally.rows,
  records: run.tally.records,
  difference: run.difference.counts,
  differenceByRecord: run.difference.byWhat,
  rejected: run.tally.refused.map((i) => ({ line: Number(i.params?.['line']), reason: i.code, ...told(i) })),
  ignored: run.tally.ignored.map((i) => ({ line: Number(i.params?.['line']), reason: i.code, ...told(i) })),
  remarks: run.tally.remarks.map((r) => ({ code: r.code, count: r.count, first: told(r.first) })),
})

const progressOn = (file: string) => {
  let last = 0
  return (rows: number): void => {
    if (performance.now() - last < 1000) return
    last = performance.now()
    say(`${basename(file)}: ${rows} rows`)
  }
}

const open = (file: string): AsyncIterable<string> => {
  if (file === '-') return process.stdin.setEncoding('utf8')
  return createReadStream(file, { encoding: 'utf8' }) as AsyncIterable<string>
}

const unreadable = (file: string, kind: string, detail: string): boolean => {
  answer({ file, kind, ok: false, issues: [told({ code: 'trade.import_file_unreadable', severity: 'error', path: '', params: { detail } })] })
  return false
}

/** The tariff to compare with: that of the administration that runs here, else the one that ships. */
const compareWith = async (): Promise<{ rows: ReturnType<typeof shippedRows>; name: 'running' | 'shipped' }> => {
  const url = findDatabase(readConfig(process.env))
  if (!url) return { rows: shippedRows(), name: 'shipped' }
  const sql = connect({ url, max: 2 })
  try {
    return { rows: (await loadTariff(sql)).rows, name: 'running' }
  } catch (fault) {
    say(`The administration that runs here cannot be asked (${(fault as Error).message}); compared with the tariff that ships.`)
    return { rows: shippedRows(), name: 'shipped' }
  } finally {
    await sql.end({ timeout: 5 })
  }
}

const runDry = async (file: string, kind: ImportKind, o: ImportOptions, base: Awaited<ReturnType<typeof compareWith>>): Promise<boolean> => {
  if (file !== '-' && !existsSync(file)) return unreadable(file, kind, 'there is no such file')
  try {
    const result = report(file, kind, o, await dryRun(kind, open(file), o, base.rows, progressOn(file)))
    answer({ ...result, comparedWith: base.name })
    return result.ok
  } catch (fault) {
    const code = (fault as { code?: string }).code
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw fault
    return unreadable(file, kind, (fault as Error).message.split(',')[0]!)
  }
}

type Given = { as?: string | undefined; title?: string | undefined }

const runReal = async (url: string, files: readonly string[], kind: ImportKind, o: ImportOptions, given: Given): Promise<boolean> => {
  const sql = connect({ url, max: 4 })
  const log = createLog('warn')
  const bus = await createBus(sql, log)
  try {
    const now = new Date().toISOString()
    const principal = await findPrincipal(sql, demoPerson(given.as ?? 'tariff').id, now.slice(0, 10))
    if (!principal?.permissions.has('trade:tariff:propose')) throw cannotStart('tariff import: this person may not propose changes of the tariff.')
    const deps = { sql, bus, log, clock: () => new Date().toISOString(), config: { demo: true } }
    let all = true
    for (const file of files) {
      if (!existsSync(file)) all = unreadable(file, kind, 'there is no such file')
      else {
        const title = given.title ?? `Import of ${basename(file)}`
        const done = await importFile(deps, principal, {
          kind,
          fileName: basename(file),
          title,
          open: () => open(file),
          options: o,
          progress: progressOn(file),
        })
        const result = report(file, kind, o, done)
        answer({ ...result, proposal: done.proposalId, resumedAt: done.resumedAt })
        all &&= result.ok
      }
    }
    return all
  } finally {
    await bus.close()
    await sql.end({ timeout: 5 })
  }
}

export const run = async (args: string[]): Promise<number> => {
  const { flags: given, words } = readWords('tariff import', args, flags)
  const [kind = '', ...files] = words
  if (!isKind(kind)) throw cannotStart(`tariff import: "${kind}" is none of the kinds ${importKinds.join(', ')}.`)
  if (files.length === 0) throw cannotStart('tariff import: name at least one file.')
  const from = given.from ?? new Date().toISOString().slice(0, 10)
  if (!/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(from)) throw cannotStart('tariff import: --from is a date such as 2027-01-01.')
  const options: ImportOptions = {
    administration: given.administration ?? usualAdministration[kind],
    from,
    hs: shippedHs(),
    repair: given.repair ?? false,
  }
  if (!/^[A-Z]{2}$/.test(options.administration)) throw cannotStart('tariff import: --administration is a country in two letters.')
  if (given['dry-run']) {
    const base = await compareWith()
    let all = true
    for (const file of files) all = (await runDry(file, kind, options, base)) && all
    return all ? 0 : 1
  }
  const url = findDatabase(readConfig(process.env))
  if (!url) throw cannotStart('tariff import: no administration runs here; start one with serve, or say --dry-run.')
  return (await runReal(url, files, kind, options, given)) ? 0 : 1
}
