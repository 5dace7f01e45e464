import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createBus, type Bus } from '#platform/bus.ts'
import { createLog } from '#platform/log.ts'
import type { Deps } from '#platform/module.ts'
import { demoPerson, findPrincipal } from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { shippedHs } from '../demo/hs.ts'
import { findProposal } from '../store/proposal.ts'
import { activateProposal, submitProposal } from './proposal.ts'
import { importFile, type ImportAsk } from './import.ts'

let db: TestDatabase
let bus: Bus
let deps: Deps

before(async () => {
  db = await testDatabase()
  const log = createLog('silent')
  bus = await createBus(db.sql(), log)
  deps = { sql: db.sql(), bus, log, clock: () => new Date().toISOString(), config: { demo: true } }
})
after(async () => {
  await bus?.close()
  await db?.close()
})

const codes = shippedHs()
  .headings.flatMap((h) => Array.from({ length: 100 }, (_, n) => `${h}${String(n).padStart(2, '0')}`).filter((c) => shippedHs().has(c)))
  .slice(0, 1300)
const file = ['HTS_Code,Description,List', ...codes.map((c) => `${c}00,something,3`), 'broken'].join('\n')
const ask = (open: ImportAsk['open'], from = '2026-12-01'): ImportAsk => ({
  kind: 's301',
  fileName: 'lists.csv',
  title: 'Lists',
  open,
  options: { administration: 'US', from, hs: shippedHs(), repair: false },
})
const person = async (key: string) => (await findPrincipal(db.sql(), demoPerson(key).id, deps.clock().slice(0, 10)))!

/** A disk that fails after so many characters, at the second reading: the first only takes the file's hash. */
const failing = (after: number): ImportAsk['open'] => {
  let readings = 0
  return () => {
    if (++readings === 1) return [file]
    return (function* () {
      yield file.slice(0, after)
      throw new Error('the disk failed')
    })()
  }
}

test('an import that breaks off goes on behind what it has read, and makes the proposal that it would have made', async () => {
  const author = await person('tariff')
  await assert.rejects(importFile(deps, author, ask(failing(file.indexOf(codes[1100]!)))), /the disk failed/)
  const [kept] = await db.sql()<{ n: number }[]>`select count(*)::int as n from trade.import_row`
  assert.equal(kept!.n, 1000)
  const done = await importFile(
    deps,
    author,
    ask(() => [file]),
  )
  assert.deepEqual([done.resumedAt, done.tally.rows], [1000, { read: 1301, taken: 1300, refused: 1, ignored: 0 }])
  const proposal = (await findProposal(db.sql(), done.proposalId!))!
  assert.deepEqual([proposal.kind, proposal.status, proposal.changeCount, proposal.effectiveFrom], ['import', 'draft', 1300, '2026-12-01'])
  assert.match(proposal.changesHash!, /^[0-9a-f]{64}$/)
})

test('the same file again answers with the same proposal; once in force, another such file changes nothing', async () => {
  const [author, second] = [await person('tariff'), await person('tariff-second')]
  const again = await importFile(
    deps,
    author,
    ask(() => [file]),
  )
  const at = (principal: typeof author) => ({ principal, key: crypto.randomUUID(), at: deps.clock() })
  const submitted = await submitProposal(deps, at(author), again.proposalId!)
  assert.ok(submitted.ok, JSON.stringify(submitted.issues.slice(0, 2)))
  assert.ok((await activateProposal(deps, at(second), again.proposalId!)).ok)
  const [there] = await db.sql()<
    { n: number }[]
  >`select count(*)::int as n from trade.measure where administration = 'US' and batch = ${again.proposalId} and recorded_to is null`
  assert.equal(there!.n, 1300)
  const later = await importFile(
    deps,
    author,
    ask(() => [`${file}\n`], '2027-01-01'),
  )
  assert.deepEqual([later.proposalId, later.changes], [null, []])
})
