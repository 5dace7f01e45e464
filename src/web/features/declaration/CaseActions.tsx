// What one may take away from a case: a copy, a sheet of paper, the message; and what the trade side may decide about its own.
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { CaseView, CommandReply, DraftView } from '#schema/clearance'
import { download } from '../../app/api.ts'
import { useCan } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { Button } from '../../ui/Button.tsx'
import { DecisionBar, type Decision } from '../../ui/DecisionBar.tsx'
import { toast } from '../../ui/toast.tsx'
import { storyOf } from './CaseTimeline.tsx'
import { proposedLrn } from './lrn.ts'
import { Standing } from './words.tsx'

export const useCopy = (): { copy: (mrn: string) => Promise<void>; pending: boolean } => {
  const { t } = useTranslation('declaration')
  const navigate = useNavigate()
  const command = useCommand<{ copyOf: string; lrn: string }, DraftView>({ path: '/api/drafts' })
  const copy = async (mrn: string): Promise<void> => {
    const reply = await command.run({ copyOf: mrn, lrn: proposedLrn(new Date()) })
    if (!reply.ok) return void toast(reply.problem.issues[0]?.code ?? reply.problem.title, { tone: 'danger' })
    toast(t('action.copied'), { tone: 'ok' })
    await navigate(`/drafts/${reply.value.id}`)
  }
  return { copy, pending: command.pending }
}

export const CaseActions = ({ view }: { view: CaseView }) => {
  const { t } = useTranslation(['declaration', 'story'])
  const can = useCan()
  const { copy, pending } = useCopy()
  const { mrn } = view.state
  return (
    <>
      {can('clearance:declaration:draft') && (
        <Button icon="copy" pending={pending} onClick={() => void copy(mrn)}>
          {t('action.copy')}
        </Button>
      )}
      <Button icon="history" to={storyOf(mrn)}>
        {t('story:follow')}
      </Button>
      <Button icon="print" to={`/declarations/${mrn}/sheet`}>
        {t('action.print')}
      </Button>
      <Button icon="download" onClick={() => void download(`/api/declarations/${mrn}/xml`, {}, `${mrn}.xml`)}>
        {t('action.xml')}
      </Button>
    </>
  )
}

export const TraderBar = ({ view }: { view: CaseView }) => {
  const { t } = useTranslation('declaration')
  const navigate = useNavigate()
  const { copy } = useCopy()
  const { mrn } = view.state
  const refresh = [['declaration', mrn], ['dashboard']] as const
  const arrival = useCommand<object, CommandReply>({
    path: `/api/declarations/${mrn}/arrival`,
    refresh,
    onDone: () => toast(t('action.wasPresented'), { tone: 'ok' }),
  })
  const invalidation = useCommand<{ reason: string }, CommandReply>({
    path: `/api/declarations/${mrn}/invalidation`,
    refresh,
    onDone: () => toast(t('action.wasAsked'), { tone: 'ok' }),
  })
  const may = (command: string): boolean => view.allowed.includes(command)
  const actions: Decision[] = [
    ...(may('arrive')
      ? [{ id: 'arrive', label: t('action.present'), kind: 'primary' as const, consequences: t('action.presentText'), run: () => arrival.run({}) }]
      : []),
    ...(view.status === 'payment-due'
      ? [{ id: 'pay', label: t('action.pay'), kind: 'primary' as const, run: async () => void (await navigate(`/payments/${mrn}`)) }]
      : []),
    ...(view.status === 'rejected' ? [{ id: 'again', label: t('next.correct'), kind: 'primary' as const, run: () => copy(mrn) }] : []),
    ...(may('request-amendment')
      ? [{ id: 'amend', label: t('action.amend'), run: async () => void (await navigate(`/declarations/${mrn}/amend`)) }]
      : []),
    ...(may('request-invalidation')
      ? [
          {
            id: 'invalidate',
            label: t('action.invalidate'),
            consequences: t('action.invalidateText'),
            grounds: 'required' as const,
            groundsLabel: t('action.invalidateGrounds'),
            run: (reason: string) => invalidation.run({ reason }),
          },
        ]
      : []),
  ]
  return <DecisionBar actions={actions} status={<Standing status={view.status} />} />
}
