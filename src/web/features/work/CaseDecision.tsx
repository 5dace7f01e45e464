/** `<CaseDecision view={caseView} />`: the bar at the foot of a case, for officers. What it offers comes from the case view alone. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { CaseView, CommandReply } from '#schema/clearance'
import { get, type Problem, type Reply } from '../../app/api.ts'
import { useCan, useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { LaneBadge } from '../../ui/Badge.tsx'
import { type Decision, DecisionBar } from '../../ui/DecisionBar.tsx'
import { toast } from '../../ui/toast.tsx'
import { AgeBar } from '../../ui/Progress.tsx'
import { type Action, actionsOf, effectOf, requestOf, type Found, type Who, type Words } from './actions.ts'
import { findingFor, Findings } from './Findings.tsx'
import { nextCase, queueAddress } from './next.ts'
import { firmOf } from './reasons.tsx'
import css from './work.module.css'

const inPanel = new Set(['take', 'put-back', 'give'])

/** A refusal of our own, before anything is sent. */
const missing = (code: string): Reply<never> => ({
  ok: false,
  problem: { status: 422, title: code, correlationId: null, issues: [{ code, severity: 'error', path: '' }] } satisfies Problem,
})

export const useCaseCommand = (view: CaseView) => {
  const { office } = useSession()
  const mrn = view.state.mrn
  return useCommand<{ action: Action; words: Words }, CommandReply>({
    path: ({ action, words }) => requestOf(mrn, action, words, office?.code ?? view.state.office).path,
    body: ({ action, words }) => requestOf(mrn, action, words, office?.code ?? view.state.office).body,
    refresh: [['declaration', mrn], ['work']],
  })
}

/** Opens what comes next, unless the same officer has more to control in this case; says what was done and how to get back. */
const useGoOn = (mrn: string, who: Who): ((action: Action) => Promise<void>) => {
  const { t } = useTranslation('work')
  const navigate = useNavigate()
  return async (action) => {
    const done = t('bar.done', { action: t(`action.${action.id}`), mrn })
    const back = { label: t('bar.openAgain'), run: () => void navigate(`/declarations/${mrn}`) }
    if (!action.leaves) return void toast(done, { tone: 'ok' })
    if (action.command === 'record-control') {
      const now = await get<CaseView>(`/api/declarations/${mrn}`).catch(() => null)
      if (now && actionsOf(now, who).some((one) => one.command === 'record-control'))
        return void toast(`${done} · ${t('bar.moreHere')}`, { tone: 'ok' })
    }
    const next = await nextCase(mrn).catch(() => null)
    toast(next ? done : `${done} · ${t('bar.noNext')}`, { tone: 'ok', action: back })
    await navigate(next ? `/declarations/${next}` : queueAddress())
  }
}

const useFindings = () => useState<Record<string, Found[]>>({})

export const CaseDecision = ({ view }: { view: CaseView }) => {
  const { t } = useTranslation('work')
  const can = useCan()
  const { person } = useSession()
  const command = useCaseCommand(view)
  const who = { personId: person.id, can }
  const goOn = useGoOn(view.state.mrn, who)
  const [findings, setFindings] = useFindings()
  const trader = firmOf(view)
  const actions = actionsOf(view, who).filter((action) => !inPanel.has(action.id))
  const foundBy = (action: Action): Found[] =>
    findings[action.id] ?? [findingFor(view.state.document, view.state.document.items[0]?.itemNumber, undefined, '')]

  const perform = async (action: Action, remarks: string): Promise<Reply<unknown>> => {
    const written = action.words === 'findings' ? foundBy(action).filter((one) => one.found.trim() !== '') : []
    if (action.words === 'findings' && written.length === 0) return missing('clearance.findings_missing')
    return command.run({ action, words: { remarks, findings: written } })
  }
  const toDecision = (action: Action, at: number): Decision => ({
    id: action.id,
    label: t(`action.${action.id}`),
    kind: action.danger ? 'danger' : action.words === 'findings' || action.id === 'refuse' ? undefined : at === 0 ? 'primary' : undefined,
    consequences: (
      <>
        {t(`effect.${effectOf(view, action)}` as 'effect.take', {
          trader,
          version: view.state.version + 1,
          by: view.state.proposal?.by,
          reason: view.state.proposal?.reason,
        })}
        {action.stepUp && <span className="muted"> {t('bar.stepUp')}</span>}
      </>
    ),
    grounds: action.words === 'none' ? undefined : 'required',
    groundsLabel: action.words === 'grounds' ? t('bar.grounds') : t('bar.remarks'),
    groundsHint: action.words === 'grounds' ? t('bar.groundsHint') : t('bar.remarksHint'),
    extra:
      action.words === 'findings' ? (
        <Findings document={view.state.document} value={foundBy(action)} onChange={(next) => setFindings({ ...findings, [action.id]: next })} />
      ) : undefined,
    run: (remarks) => perform(action, remarks),
  })
  return (
    <DecisionBar
      key={view.state.mrn}
      actions={actions.map(toDecision)}
      onDone={(id) => {
        const action = actions.find((one) => one.id === id)
        if (action) void goOn(action)
      }}
      status={
        <span className={css.barStatus}>
          {view.state.lane && <LaneBadge lane={view.state.lane.lane} />}
          <span>{t(`status.${view.status}`)}</span>
          {view.turn.for !== 'nobody' && <AgeBar since={view.turn.since} dueAt={view.turn.dueAt} />}
        </span>
      }
    />
  )
}
