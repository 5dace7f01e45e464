/** Alarms of risk: what happened, since when, what to do next; taken up and closed by people, each with what was done. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AlarmRow } from '#schema/risk'
import { get, problemIn } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { useCan } from '../../app/session.ts'
import { formatCount, formatPercent } from '../../i18n/format.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Empty, Loading, Row, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Instant } from '../../ui/Values.tsx'
import { ReasonDialog, type Asked } from '../../ui/ReasonDialog.tsx'
import css from './risk.module.css'

const kinds = ['profile-isolated', 'drift', 'model-unreadable'] as const
type Kind = (typeof kinds)[number]
const kindOf = (alarm: AlarmRow): Kind | undefined => kinds.find((kind) => kind === alarm.kind)

/** What happened, in a sentence; a kind that this page does not know shows its bare detail. */
const useSentence = (): ((alarm: AlarmRow) => string) => {
  const { t, i18n } = useTranslation('risk')
  return ({ kind, detail: d }) => {
    if (kind === 'model-unreadable') return t('alarm.files')
    if (kind === 'drift') {
      const [psi, unseen, n] = [d['psi'], d['unseen'], d['n']].map(Number) as [number, number, number]
      const index = formatCount(Math.round(psi * 100) / 100, i18n.language)
      const words = { column: String(d['column']), psi: index, unseen: formatPercent(unseen, i18n.language), n: formatCount(n, i18n.language) }
      return t('alarm.moved', words)
    }
    const reason = (['threw', 'slow', 'unreadable'] as const).find((r) => r === d['reason'])
    return reason ? t(`alarm.${reason}`, { detail: String(d['detail']) }) : JSON.stringify(d)
  }
}

const What = ({ alarm }: { alarm: AlarmRow }) => {
  const { t } = useTranslation('risk')
  const sentence = useSentence()
  const kind = kindOf(alarm)
  return (
    <div className={css.told}>
      <strong>{kind ? t(`alarm.kind.${kind}`) : alarm.kind}</strong>
      <p>{sentence(alarm)}</p>
      {kind && !alarm.closed && <p className="muted">{t(`alarm.next.${kind}`)}</p>}
    </div>
  )
}

/** The profile or the model that it is about. */
const About = ({ alarm }: { alarm: AlarmRow }) => {
  const model = alarm.detail['model']
  if (alarm.kind === 'profile-isolated') return <Link to={`/risk/profiles/${alarm.subject}`}>{alarm.subject}</Link>
  if (typeof model === 'string') return <Link to={`/risk/models/${model}`}>{model.slice(0, 12)}</Link>
  return <bdi>{alarm.subject}</bdi>
}

const Said = ({ title, answer }: { title: string; answer: NonNullable<AlarmRow['closed']> }) => {
  const { t } = useTranslation('risk')
  return (
    <div className={css.told}>
      <span>
        {title} {t('alarm.by', { who: answer.by })}, <Instant at={answer.at} form="relative" />
      </span>
      <p className="muted">{answer.remark}</p>
    </div>
  )
}

const Answer = ({ alarm, ask }: { alarm: AlarmRow; ask: ((asked: Asked) => void) | null }) => {
  const { t } = useTranslation('risk')
  const kind = kindOf(alarm)
  const name = kind ? t(`alarm.kind.${kind}`) : alarm.kind
  const asking = (act: 'acknowledge' | 'close'): Asked => ({
    title: t(`alarm.${act}Title`, { kind: name }),
    label: t(`alarm.${act}Why`),
    confirm: t(`alarm.${act}`),
    done: t(act === 'close' ? 'alarm.closedNow' : 'alarm.acknowledged'),
    path: `/api/risk/alarms/${alarm.id}/${act}`,
    field: 'remark',
    refresh: [['risk', 'alarms']],
  })
  return (
    <Stack>
      {alarm.acknowledged && <Said title={t('alarm.acknowledged')} answer={alarm.acknowledged} />}
      {alarm.closed && <Said title={t('alarm.closedNow')} answer={alarm.closed} />}
      {ask && !alarm.closed && (
        <Row>
          {!alarm.acknowledged && (
            <Button size="sm" onClick={() => ask(asking('acknowledge'))}>
              {t('alarm.acknowledge')}
            </Button>
          )}
          <Button size="sm" onClick={() => ask(asking('close'))}>
            {t('alarm.close')}
          </Button>
        </Row>
      )}
    </Stack>
  )
}

const Alarms = ({ caption, alarms, ask }: { caption: string; alarms: readonly AlarmRow[]; ask: ((asked: Asked) => void) | null }) => {
  const { t } = useTranslation('risk')
  return (
    <PlainTable
      caption={caption}
      head={[t('alarm.what'), t('alarm.about'), t('alarm.since'), t('alarm.answer')].map((text) => ({ text }))}
      rows={alarms.map((alarm) => [
        { text: <What alarm={alarm} /> },
        { text: <About alarm={alarm} /> },
        {
          text: (
            <div className={css.told}>
              <Instant at={alarm.openedAt} />
              {alarm.count > 1 && (
                <p className="muted">
                  {t('times', { count: alarm.count })}, <Instant at={alarm.lastAt} form="relative" />
                </p>
              )}
            </div>
          ),
        },
        { text: <Answer alarm={alarm} ask={ask} /> },
      ])}
    />
  )
}

const AlarmsPage = () => {
  const { t } = useTranslation('risk')
  const can = useCan()
  const [asked, setAsked] = useState<Asked | null>(null)
  const found = useQuery({ queryKey: ['risk', 'alarms'], queryFn: ({ signal }) => get<AlarmRow[]>('/api/risk/alarms', {}, { signal }) })
  useLive('risk-alarm', () => void found.refetch())
  const problem = found.error ? problemIn(found.error) : null
  const [open, closed] = [found.data?.filter((a) => !a.closed), found.data?.filter((a) => a.closed)]
  return (
    <Page title={t('alarm.title')}>
      <Stack>
        {problem && <ProblemNote problem={problem} />}
        <Section title={t('alarm.open')} count={open?.length ?? 0} flush={(open?.length ?? 0) > 0}>
          {!open ? (
            <Loading />
          ) : open.length === 0 ? (
            <Empty title={t('alarm.none')} text={t('alarm.noneText')} />
          ) : (
            <Alarms caption={t('alarm.open')} alarms={open} ask={can('risk:alarm:close') ? setAsked : null} />
          )}
        </Section>
        {closed && closed.length > 0 && (
          <Section title={t('alarm.closed')} count={closed.length} flush collapsible>
            <Alarms caption={t('alarm.closed')} alarms={closed} ask={null} />
          </Section>
        )}
      </Stack>
      {asked && <ReasonDialog asked={asked} onClose={() => setAsked(null)} />}
    </Page>
  )
}
export default AlarmsPage
