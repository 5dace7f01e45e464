/** SQL of sorting: trays, commands to belts, tags and alarms of gates. */
import { randomBytes } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import type { Reader as Db, Tx } from '#platform/database.ts'
import { containing, type ListQuery, orderBy, windowOf } from '#platform/listing.ts'
import type { ImageCase } from '../../schema/case.ts'
import type { GateAlarm, Line, Tag, TrayRow } from '../../schema/sorting.ts'
import type { Subject } from '../../schema/subject.ts'
import type { Answer, DivertCommand } from '../port.ts'

export type Tray = { office: string; id: string; subject: Subject; movement: string | null; owner: string | null }

/** A tray is on the belt, again when the belt says so again. Another bag in it makes it another tray. */
export const saveTray = async (tx: Tx, t: Tray, at: string): Promise<void> => {
  await tx`insert into inspection.tray as old (office, id, subject_kind, subject_id, movement, owner, announced_at)
    values (${t.office}, ${t.id}, ${t.subject.kind}, ${t.subject.id}, ${t.movement}, ${t.owner}, ${at})
    on conflict (office, id) do update set subject_kind = excluded.subject_kind, subject_id = excluded.subject_id, movement = excluded.movement, owner = excluded.owner,
      announced_at = case when old.subject_id = excluded.subject_id then old.announced_at else excluded.announced_at end,
      line = case when old.subject_id = excluded.subject_id then old.line end, passed_at = case when old.subject_id = excluded.subject_id then old.passed_at end`
}

export const findTrayOf = async (db: Db, subject: Subject): Promise<Tray | null> => {
  const [row] = await db<
    { office: string; id: string; movement: string | null; owner: string | null }[]
  >`select office, id, movement, owner from inspection.tray
    where subject_kind = ${subject.kind} and subject_id = ${subject.id} order by announced_at desc limit 1`
  return row ? { ...row, subject } : null
}

export const setPassed = async (tx: Tx, office: string, id: string, line: Line, at: string): Promise<Subject | null> => {
  const [row] = await tx<{ kind: Subject['kind']; id: string }[]>`update inspection.tray set line = ${line}, passed_at = ${at}
    where office = ${office} and id = ${id} and passed_at is null returning subject_kind as kind, subject_id as id`
  return row ?? null
}

/** A tray goes one way: the first command of a case stands. False when there was one. */
export const insertCommand = async (tx: Tx, c: DivertCommand & { caseId: string }, at: string): Promise<boolean> =>
  (
    await tx`insert into inspection.belt_command (id, office, tray_id, case_id, line, state, made_at)
      values (${c.id}, ${c.office}, ${c.trayId}, ${c.caseId}, ${c.line}, 'waiting', ${at}) on conflict on constraint belt_command_once do nothing`
  ).count === 1

export const waitingCommands = async (db: Db): Promise<DivertCommand[]> =>
  db<DivertCommand[]>`select id, office, tray_id as "trayId", line from inspection.belt_command where state = 'waiting' order by made_at limit 500`

/** The command of the bag that is in a tray now; a tray is used again. */
export const commandOf = async (db: Db, office: string, trayId: string): Promise<DivertCommand | null> =>
  (
    await db<DivertCommand[]>`select b.id, b.office, b.tray_id as "trayId", b.line from inspection.belt_command b
      join inspection.image_case c on c.id = b.case_id join inspection.tray t on t.office = b.office and t.id = b.tray_id and t.subject_id = c.subject_id
      where b.office = ${office} and b.tray_id = ${trayId} order by b.made_at desc limit 1`
  )[0] ?? null

export const settleCommand = async (db: Db, id: string, answer: Answer, at: string): Promise<void> => {
  await db`update inspection.belt_command set state = ${answer}, tries = tries + 1, settled_at = ${at} where id = ${id} and state <> 'acknowledged'`
}

export const bindTag = async (tx: Tx, c: ImageCase, owner: string | null, at: string): Promise<void> => {
  await tx`insert into inspection.etag (case_id, is_tip, office, subject_kind, subject_id, movement, owner, bound_at)
    values (${c.id}, ${c.isTip}, ${c.office}, ${c.subject.kind}, ${c.subject.id}, ${c.movement}, ${owner}, ${at}) on conflict on constraint etag_case_once do nothing`
}

export const closeTag = async (tx: Tx, caseId: string, by: string, at: string): Promise<void> => {
  await tx`update inspection.etag set closed_at = ${at}, closed_by = ${by} where case_id = ${caseId} and closed_at is null`
}

const tagColumns = (
  db: Db,
) => db`number, case_id as "caseId", office, jsonb_build_object('kind', subject_kind, 'id', subject_id) as subject, movement, owner,
  bound_at as "boundAt", closed_at as "closedAt", closed_by as "closedBy"`

export const findTag = async (db: Db, number: string): Promise<Tag | null> =>
  (await db<Tag[]>`select ${tagColumns(db)} from inspection.etag where number = ${number}`)[0] ?? null
export const findTagOfCase = async (db: Db, caseId: string): Promise<Tag | null> =>
  (await db<Tag[]>`select ${tagColumns(db)} from inspection.etag where case_id = ${caseId}`)[0] ?? null

/** A second read at the same gate is the same alarm until somebody has seen it: null then. */
export const insertGateAlarm = async (tx: Tx, tag: Tag, gate: string, readAt: string, at: string): Promise<string | null> => {
  const id = uuidv7(Date.parse(at), randomBytes(10))
  const { count } = await tx`insert into inspection.gate_alarm (id, tag, office, gate, read_at, learnt_at)
    values (${id}, ${tag.number}, ${tag.office}, ${gate}, ${readAt}, ${at}) on conflict (tag, gate) where acknowledged_at is null do nothing`
  return count === 1 ? id : null
}

export const acknowledgeGate = async (tx: Tx, id: string, by: string, remarks: string, at: string): Promise<boolean> =>
  (
    await tx`update inspection.gate_alarm set acknowledged_by = ${by}, acknowledged_at = ${at}, remarks = ${remarks} where id = ${id} and acknowledged_at is null`
  ).count === 1

type Scope = readonly string[] | '*'
const inScope = (db: Db, column: string, scope: Scope) => db`(${scope === '*'} or ${db(column)} = any(${scope === '*' ? [] : [...scope]}::text[]))`

const sortableAlarm = { readAt: 'g.read_at', gate: 'g.gate', tag: 'g.tag' }
export const sortableGateAlarms = Object.keys(sortableAlarm)
export const listGateAlarms = async (db: Db, scope: Scope, q: ListQuery & { open?: boolean }): Promise<{ rows: GateAlarm[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const where = db`where ${inScope(db, 'g.office', scope)} and (${q.open ?? null}::boolean is null or (g.acknowledged_at is null) = ${q.open ?? null})`
  const rows = await db<
    GateAlarm[]
  >`select g.id, g.tag, e.case_id as "caseId", g.office, g.gate, jsonb_build_object('kind', e.subject_kind, 'id', e.subject_id) as subject, e.movement,
      g.read_at as "readAt", g.learnt_at as "learntAt", g.acknowledged_by as "acknowledgedBy", g.acknowledged_at as "acknowledgedAt", g.remarks
    from inspection.gate_alarm g join inspection.etag e on e.number = g.tag ${where} ${orderBy(db, q.sort, sortableAlarm, '-readAt', 'g.id')} limit ${limit} offset ${offset}`
  const [count] = await db<{ total: number }[]>`select count(*)::int as total from inspection.gate_alarm g ${where}`
  return { rows: [...rows], total: count!.total }
}

export const findGateOffice = async (db: Db, id: string): Promise<string | null> =>
  (await db<{ office: string }[]>`select office from inspection.gate_alarm where id = ${id}`)[0]?.office ?? null

const sortableTray = { announcedAt: 't.announced_at', id: 't.id', line: 't.line', movement: 't.movement' }
export const sortableTrays = Object.keys(sortableTray)
export type TrayFilter = ListQuery & { q?: string; office?: string; line?: Line; onBelt?: boolean }

/** Trays with the case of the bag in them, the command they were given and the tag on the bag. */
export const listTrays = async (db: Db, scope: Scope, q: TrayFilter): Promise<{ rows: TrayRow[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const where = db`where ${inScope(db, 't.office', scope)} ${q.office === undefined ? db`` : db`and t.office = ${q.office}`}
    ${q.line === undefined ? db`` : db`and t.line = ${q.line}`} ${q.onBelt === undefined ? db`` : db`and (t.passed_at is null) = ${q.onBelt}`}
    and (${q.q ?? null}::text is null or lower(t.id || ' ' || t.subject_id || ' ' || coalesce(t.movement, '')) like ${containing(q.q ?? '')})`
  const rows = await db<TrayRow[]>`select t.office, t.id, jsonb_build_object('kind', t.subject_kind, 'id', t.subject_id) as subject, t.movement,
      t.announced_at as "announcedAt", t.line, t.passed_at as "passedAt", c.id as "caseId", c.status, c.outcome,
      case when b.id is not null then jsonb_build_object('line', b.line, 'state', b.state, 'tries', b.tries) end as command,
      case when e.number is not null then jsonb_build_object('number', e.number, 'open', e.closed_at is null) end as tag
    from inspection.tray t
    left join lateral (select id, status, outcome from inspection.image_case c where c.subject_kind = t.subject_kind and c.subject_id = t.subject_id and not c.is_tip
      order by created_at desc limit 1) c on true
    left join inspection.belt_command b on b.case_id = c.id and b.tray_id = t.id
    left join inspection.etag e on e.case_id = c.id
    ${where} ${orderBy(db, q.sort, sortableTray, '-announcedAt', 't.office, t.id')} limit ${limit} offset ${offset}`
  const [count] = await db<{ total: number }[]>`select count(*)::int as total from inspection.tray t ${where}`
  return { rows: [...rows], total: count!.total }
}

export type SubjectRisk = { score: number; high: boolean; matched: ImageCase['matched']; reason: string }
export const findRisk = async (db: Db, s: Subject): Promise<SubjectRisk | null> =>
  (
    await db<SubjectRisk[]>`select score, high, matched, reason from inspection.subject_risk where subject_kind = ${s.kind} and subject_id = ${s.id}`
  )[0] ?? null
export const saveRisk = async (tx: Tx, s: Subject, r: SubjectRisk, at: string): Promise<void> => {
  await tx`insert into inspection.subject_risk (subject_kind, subject_id, score, high, matched, reason, updated_at)
    values (${s.kind}, ${s.id}, ${r.score}, ${r.high}, ${r.matched}, ${r.reason}, ${at})
    on conflict (subject_kind, subject_id) do update set score = excluded.score, high = excluded.high, matched = excluded.matched, reason = excluded.reason, updated_at = excluded.updated_at`
}
