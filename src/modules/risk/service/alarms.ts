/** Alarms of risk, taken up and closed by people. */
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import { mayReadProfile, type Reader } from '../access.ts'
import type { AlarmRow } from '../schema/decision.ts'
import { acknowledgeAlarm, closeAlarm, findAlarm, type StoredAlarm } from '../store/alarms.ts'
import { readerOf, type Risk } from './live.ts'

/** Of a profile, who may read the profile; of models, who may read models. An agency hears of its own criteria and of no other's. */
export const maySeeAlarm = (reader: Reader, { alarm, profile }: StoredAlarm): boolean =>
  alarm.kind === 'profile-isolated' && profile ? mayReadProfile(reader, profile) : reader.permissions.has('risk:model:read')

const done = {
  acknowledge: { act: acknowledgeAlarm, event: 'risk-alarm.acknowledged' },
  close: { act: closeAlarm, event: 'risk-alarm.closed' },
} as const

/** Takes an alarm up or closes it, with what is being done or was. An alarm that is acknowledged stays open until it is closed. */
export const answerAlarm = async (r: Risk, a: Asking, id: string, name: keyof typeof done, remark: string): Promise<Outcome<AlarmRow>> => {
  const answer = await once<AlarmRow>(
    r.deps.sql,
    { key: a.key, actor: actorOf(a.principal), name: `risk-alarm.${name}`, subject: { kind: 'risk-alarm', id }, at: a.now },
    async (tx) => {
      const found = await findAlarm(tx, id)
      if (!found || !maySeeAlarm(readerOf(a.principal), found)) return refuse(error('risk.alarm_unknown', '/id', { id }))
      const { act, event } = done[name]
      const by = { personId: a.principal.personId, name: a.principal.name }
      if (!(await act(tx, { id, by, remark, at: a.now }))) return refuse(error('risk.alarm_answered', '/id', { command: name }))
      const after = await findAlarm(tx, id)
      return accept({ body: { payload: { remark }, facts: {}, events: [{ type: event, at: a.now }] }, reply: after!.alarm })
    },
  )
  if (answer.ok) r.deps.bus.announce({ topic: 'risk-alarm', id })
  return answer
}
