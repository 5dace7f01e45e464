/** What people type into the search of the shell: an MRN or LRN, a trader, a container, a goods code. Within the scope of who asks. */
import type { Reader } from '#platform/database.ts'
import type { Principal } from '#platform/permissions.ts'
import type { FoundDeclaration } from '../schema/views.ts'
import { visible } from './scope.ts'

type Row = {
  mrn: string
  lrn: string
  trader: string
  status: FoundDeclaration['status']
  lane: FoundDeclaration['lane']
  matched: FoundDeclaration['matched']
}

const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** One branch a kind of term, each of which an index or a short scan answers; the best kind of match comes first. */
const branches = (db: Reader, principal: Principal, text: string, limit: number) => {
  const mine = visible(db, principal)
  const upper = text.toUpperCase()
  const columns = db`d.mrn, d.lrn, d.trader_name as trader, d.status, d.lane, d.updated_at`
  const newest = db`order by d.updated_at desc limit ${limit}`
  const from = db`from clearance.declaration d where ${mine}`
  const found = [
    db`(select ${columns}, 'mrn' as matched, 1 as rank ${from} and d.mrn like ${`${literally(upper)}%`} ${newest})`,
    db`(select ${columns}, 'lrn' as matched, 2 as rank ${from} and d.lrn ilike ${`%${literally(text)}%`} ${newest})`,
    db`(select ${columns}, 'trader' as matched, 4 as rank ${from} and (d.trader_name ilike ${`%${literally(text)}%`} or d.declarant = ${upper}) ${newest})`,
  ]
  const container = upper.replace(/[\s-]/g, '')
  if (/^[A-Z]{4}\d{6,7}$/.test(container)) {
    found.push(
      db`(select ${columns}, 'container' as matched, 3 as rank ${from} and exists (select from clearance.reference r where r.declaration_id = d.id and r.kind = 'container' and r.reference = ${container}) ${newest})`,
    )
  }
  const code = text.replace(/[\s.]/g, '')
  if (/^\d{4,10}$/.test(code)) {
    found.push(
      db`(select ${columns}, 'goods' as matched, 5 as rank ${from} and exists (select from clearance.item i where i.declaration_id = d.id and i.hs_code like ${`${code}%`}) ${newest})`,
    )
  }
  return found.reduce((all, one) => db`${all} union all ${one}`)
}

/** At most `limit` declarations, each once, the closest kind of match first. */
export const searchDeclarations = async (db: Reader, principal: Principal, text: string, limit = 12): Promise<FoundDeclaration[]> => {
  const typed = text.trim()
  if (typed.length < 2) return []
  const rows = await db<Row[]>`select mrn, lrn, trader, status, lane, matched from (
      select distinct on (mrn) * from (${branches(db, principal, typed, limit)}) every order by mrn, rank) once
    order by rank, updated_at desc limit ${limit}`
  return rows.map((r) => ({ ...r }))
}
