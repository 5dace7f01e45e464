/** Models: which one ranks, which one scores in shadow, and what waits for a second person. A new one is learned in the background. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Issue } from '#kernel/issue.ts'
import type { ModelRow, RiskProposal, Training } from '#schema/risk'
import { get } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { formatCount, formatPercent } from '../../i18n/format.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { IssueList, ProblemNote } from '../../ui/IssueList.tsx'
import { Empty, Loading, Note, Row, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { ProgressBar } from '../../ui/Progress.tsx'
import { Instant } from '../../ui/Values.tsx'
import { Past } from './Past.tsx'
import { Proposals } from './Proposals.tsx'
import { ModelBadge } from './words.tsx'

const Registry = ({ models }: { models: readonly ModelRow[] }) => {
  const { t, i18n } = useTranslation('risk')
  const percent = (v: number | null): string => (v === null ? '–' : formatPercent(v, i18n.language))
  if (models.length === 0) return <Empty title={t('modelsNone')} text={t('modelsNoneText')} />
  return (
    <PlainTable
      caption={t('models')}
      head={[t('name'), t('statusOf'), t('rows'), t('positives'), t('auc'), t('precision5'), t('trained')].map((text, i) => ({
        text,
        end: i > 1 && i < 6,
      }))}
      rows={models.map((m) => [
        { text: <Link to={`/risk/models/${m.hash}`}>{m.name}</Link> },
        { text: <ModelBadge status={m.status} /> },
        { text: formatCount(m.rows, i18n.language), end: true },
        { text: formatCount(m.positives, i18n.language), end: true },
        { text: m.auc === null ? '–' : formatCount(Math.round(m.auc * 1000) / 1000, i18n.language), end: true },
        { text: percent(m.precisionAt5), end: true },
        { text: <Instant at={m.trainedAt} /> },
      ])}
    />
  )
}

const Train = () => {
  const { t } = useTranslation('risk')
  const [name, setName] = useState<string | undefined>(undefined)
  const train = useCommand<{ name: string }, Training>({
    path: '/api/risk/trainings',
    refresh: [['risk', 'trainings']],
    onDone: () => setName(undefined),
  })
  return (
    <Stack>
      <Row>
        <TextField label={t('trainName')} value={name} onChange={setName} maxLength={100} width="l" />
        <Button icon="play" pending={train.pending} disabled={!name?.trim()} onClick={() => void train.run({ name: name!.trim() })}>
          {t('train')}
        </Button>
      </Row>
      {train.problem && <ProblemNote problem={train.problem} />}
    </Stack>
  )
}

const Trainings = () => {
  const { t } = useTranslation('risk')
  const found = useQuery({ queryKey: ['risk', 'trainings'], queryFn: ({ signal }) => get<Training[]>('/api/risk/trainings', {}, { signal }) })
  useLive('risk-training', () => void found.refetch())
  const [last] = found.data ?? []
  if (!last) return null
  if (last.status === 'queued' || last.status === 'running') return <ProgressBar value={last.progress} label={`${t('trainingGoes')}: ${last.name}`} />
  if (last.status === 'failed')
    return (
      <Note tone="warning" title={`${last.name}: ${t('trainingFailed')}`}>
        <IssueList
          issues={last.issues.map((i): Issue => ({
            code: i.code,
            severity: 'error',
            path: '',
            params: (i.params ?? {}) as Issue['params'] & object,
          }))}
        />
      </Note>
    )
  return null
}

const Waiting = () => {
  const { data } = useQuery({
    queryKey: ['risk', 'proposals'],
    queryFn: ({ signal }) => get<{ rows: RiskProposal[] }>('/api/risk/proposals', { status: 'submitted' }, { signal }),
  })
  return <Proposals rows={(data?.rows ?? []).filter((p) => p.kind !== 'setting')} />
}

const ModelsPage = () => {
  const { t } = useTranslation('risk')
  const { permissions } = useSession()
  const found = useQuery({ queryKey: ['risk', 'models'], queryFn: ({ signal }) => get<ModelRow[]>('/api/risk/models', {}, { signal }) })
  useLive('risk', () => void found.refetch())
  useLive('risk-training', () => void found.refetch())
  return (
    <Page title={t('models')}>
      <Stack>
        <Waiting />
        <Section title={t('models')} flush={(found.data?.length ?? 0) > 0}>
          {found.data ? <Registry models={found.data} /> : <Loading />}
        </Section>
        {permissions.includes('risk:model:train') ? (
          <Section title={t('train')}>
            <Stack>
              <Trainings />
              <Train />
            </Stack>
          </Section>
        ) : (
          <Trainings />
        )}
        <Past />
      </Stack>
    </Page>
  )
}
export default ModelsPage
