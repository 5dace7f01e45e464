import { existsSync, readFileSync } from 'node:fs'
import { readConfig, type Config } from '#config'
import { cannotStart } from '#platform/cannot-start.ts'
import { connect, type Sql } from '#platform/database.ts'
import { createLog } from '#platform/log.ts'
import { findHome } from '#platform/postgres/home.ts'
import { readHistory, streamAnchors, verifyJournal } from '#modules/audit'
import { folds as identityFolds } from '#modules/identity'
import { Witness } from '#schema/audit'
import { EvidenceFile } from '#schema/supervision'
import { Check } from 'typebox/value'
import { findDatabase, openDatabase } from './administration.ts'
import { answer, type Help } from './verb.ts'

export const help: Help = {
  usage: 'audit verify [--witness FILE] | replay MRN… | log SUBJECT… | anchors | evidence FILE…',
  summary:
    'verify proves the journal (a witness file holds anchors kept elsewhere, one JSON object a line, as anchors prints them); replay decides every decision of a declaration anew and compares; log prints what happened to a subject (an MRN, or kind/id); evidence proves evidence files of trips from themselves',
  example: './bin/portcullis audit verify',
}

// The codes with which PostgreSQL says that nobody has made our schemas or our role here.
const notOurs = new Set(['42P01', '3F000', '22023', '28000'])

/** The journal of DATABASE_URL, of the administration that runs here, or of the one that rests in the data directory. */
const withJournal = async <T>(config: Config, work: (sql: Sql) => Promise<T>): Promise<T> => {
  const running = findDatabase(config)
  if (!running && !findHome(config.dataDir))
    throw cannotStart(`There is no journal in ${config.dataDir}: start ./bin/portcullis serve once, or set PORTCULLIS_DATA or DATABASE_URL.`)
  const { url, embedded } = running ? { url: running, embedded: undefined } : await openDatabase(config, createLog('warn'))
  const sql = connect({ url, max: 2, applicationName: 'portcullis-audit' })
  try {
    return await work(sql)
  } catch (fault) {
    if (notOurs.has((fault as { code?: string }).code ?? ''))
      throw cannotStart('That database holds no journal of ours: start ./bin/portcullis serve on it once.', fault)
    throw fault
  } finally {
    await sql.end({ timeout: 5 })
    await embedded?.stop()
  }
}

const readWitnesses = (file: string): Witness[] => {
  if (!existsSync(file)) throw cannotStart(`There is no witness file ${file}.`)
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) => {
      try {
        const value: unknown = JSON.parse(line)
        if (Check(Witness, value)) return value
      } catch {
        // answered below, like any other line that is no witness
      }
      throw cannotStart(`Line ${i + 1} of ${file} is no anchor: {"number": …, "hash": "…"} is expected.`)
    })
}

const verify = async (sql: Sql, words: string[]): Promise<number> => {
  if (words.length > 0 && (words.length !== 2 || words[0] !== '--witness')) throw cannotStart('audit verify takes --witness FILE and nothing else.')
  const result = await verifyJournal(sql, () => performance.now(), words[1] === undefined ? [] : readWitnesses(words[1]))
  answer(result)
  return result.ok ? 0 : 1
}

const unknown = (subject: string): false => {
  answer({ subject, ok: false, issues: [{ code: 'audit.subject_unknown', severity: 'error', path: '' }] })
  return false
}

// Loaded when asked for: the proof of the journal needs nothing of it.
const clearance = () => import('#modules/clearance')

/** One line a decision; the last line says whether the state that all events add up to is the one in the table. */
const replay = async (sql: Sql, mrn: string): Promise<boolean> => {
  const { replayDeclaration } = await clearance()
  const found = await replayDeclaration(sql, mrn)
  if (!found) return unknown(mrn)
  for (const decision of found.decisions) answer({ mrn, ...decision })
  const alike = found.decisions.every((d) => d.alike)
  answer({ mrn, ok: alike && found.row, decisions: found.decisions.length, alike, state: found.row })
  return alike && found.row
}

const log = async (sql: Sql, name: string): Promise<boolean> => {
  const { findSubject, folds: clearanceFolds } = await clearance()
  const slash = name.indexOf('/')
  const subject = slash < 0 ? await findSubject(sql, name) : { kind: name.slice(0, slash), id: name.slice(slash + 1) }
  const history = subject && (await readHistory(sql, subject, { ...identityFolds, ...clearanceFolds }, '*'))
  if (!history) return unknown(name)
  for (const entry of history) answer(entry)
  return true
}

const anchors = async (sql: Sql): Promise<number> => {
  for await (const { number, at, entries, root, previousHash, hash } of streamAnchors(sql)) answer({ number, at, entries, root, previousHash, hash })
  return 0
}

/** Proves evidence files of trips: their records, their hash, and the chain of the journal that signs it. */
const evidence = async (file: string): Promise<boolean> => {
  if (!existsSync(file)) throw cannotStart(`There is no file ${file}.`)
  const { checkEvidence } = await import('#modules/supervision')
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // answered below, like any other file that is none
  }
  if (!Check(EvidenceFile, value)) {
    answer({ file, ok: false, issues: [{ code: 'audit.evidence_unreadable', severity: 'error', path: '' }] })
    return false
  }
  const found = checkEvidence(value)
  answer({ file, ...found })
  return found.ok
}

const forEach = async (names: string[], what: string, work: (name: string) => Promise<boolean>): Promise<number> => {
  if (names.length === 0) throw cannotStart(`Say which ${what}.`)
  let code = 0
  for (const name of names) if (!(await work(name))) code = 1
  return code
}

/** Exit code 1 when the journal is broken, a decision comes out otherwise, or a subject is unknown. */
export const run = async ([action, ...words]: string[]): Promise<number> => {
  const config = readConfig(process.env)
  switch (action) {
    case 'verify':
      return withJournal(config, (sql) => verify(sql, words))
    case 'replay':
      return withJournal(config, (sql) => forEach(words, 'declaration (its MRN)', (mrn) => replay(sql, mrn)))
    case 'log':
      return withJournal(config, (sql) => forEach(words, 'subject: an MRN, or kind/id', (name) => log(sql, name)))
    case 'anchors':
      return withJournal(config, anchors)
    case 'evidence':
      return forEach(words, 'evidence file', evidence)
    default:
      throw cannotStart(`audit does: verify, replay, log, anchors, evidence${action ? `, and not "${action}"` : ''}.`)
  }
}
