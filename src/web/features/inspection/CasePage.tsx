/** One image case: what it is at a glance, the image in the workstation, and the decision at the foot; after it the next image opens. */
import { problemIn } from '../../app/api.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { threatClasses, type CaseView } from '#schema/inspection'
import { useCan } from '../../app/session.ts'
import { formatSpan } from '../../i18n/format.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Loading, Note } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { toast } from '../../ui/toast.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Id } from '../../ui/Values.tsx'
import { caseKey, useCase, useFreshRoom } from './centre-data.ts'
import { CaseBadge, RiskMark } from './centre-words.tsx'
import { CaseActions } from './CaseActions.tsx'
import { CaseFacts } from './CaseFacts.tsx'
import { Declared, DeclaredLine } from './Declared.tsx'
import { useDeclared } from './declared-data.ts'
import type { Told } from '../../viewer/station.ts'
import { ImageStation } from './ImageStation.tsx'
import { RestNote } from './QueuePage.tsx'
import { TipAnswer } from './TipAnswer.tsx'
import { useClaim } from './use-claim.ts'
import { useReading } from './use-reading.ts'
import css from './centre.module.css'

const Lease = ({ until }: { until: string }) => {
  const { t, i18n } = useTranslation('centre')
  const left = Date.parse(until) - useNow(Date.now() - Date.parse(until))
  return <span className="muted number">{t('lease', { left: formatSpan(Math.max(0, left), i18n.language) })}</span>
}

const Head = ({ c }: { c: CaseView }) => {
  const { t } = useTranslation('centre')
  return (
    <p className={css.head}>
      <Id value={c.subject.id} label={t('subject')} />
      <CaseBadge status={c.status} />
      {c.movement && <bdi className="mono">{c.movement}</bdi>}
      <span>
        {t('risk')} <RiskMark of={c} />
      </span>
      {c.linkLost && <StatusBadge tone="warning">{t('linkLost')}</StatusBadge>}
      {c.claim?.mine ? <Lease until={c.claim.until} /> : c.claim && <bdi className="muted">{c.claim.name}</bdi>}
    </p>
  )
}

const sureness = ['5', '4', '3', '2', '1'] as const

/** A case that this person holds: the image, blind where it must be, and the two keys of the decision. */
const Held = ({ c, onRead }: { c: CaseView; onRead: (after: CaseView) => void }) => {
  const { t } = useTranslation('centre')
  const [sure, setSure] = useState('4')
  const declared = useDeclared(c.imageId).data
  const { begin, give } = useReading(c, onRead)
  return (
    <>
      <div className={css.sure}>
        <div>
          <p className="muted">{c.blind ? t('blind') : t('assisted')}</p>
          {declared?.goods && <DeclaredLine goods={declared.goods} />}
        </div>
        <Select
          label={t('confidence')}
          width="m"
          options={sureness.map((value) => ({ value, label: t(`sure.${value}`) }))}
          value={sure}
          onChange={(value) => setSure(value ?? '4')}
        />
      </div>
      <ImageStation
        id={c.imageId}
        blind={c.blind}
        told={toldBy(c)}
        onShown={begin}
        reading={{
          classes: threatClasses.map((id) => ({ id, label: t(`threat.${id}`) })),
          give: (verdict, seen, grounds, marks) => give(verdict, threatClasses.find((one) => one === seen) ?? null, grounds, Number(sure), marks),
          given: null,
        }}
      />
    </>
  )
}

/** Whose marks are shown: the readings that this person may know of. */
const toldBy = (c: CaseView): Told[] => c.readings.map(({ round, by, marks = [] }) => ({ id: String(round), by: by.name, marks }))

const toRead: ReadonlySet<string> = new Set(['first-reading', 'second-reading', 'adjudication'])

const Case = ({ c }: { c: CaseView }) => {
  const { t } = useTranslation('centre')
  const can = useCan()
  const client = useQueryClient()
  const claiming = useClaim()
  const declared = useDeclared(c.imageId).data
  const [answered, setAnswered] = useState<CaseView | null>(null)
  const onRead = (after: CaseView): void => {
    client.setQueryData(caseKey(c.id), after)
    if (after.tip) return setAnswered(after)
    toast(t(after.readings.at(-1)?.decision === 'suspect' ? 'read.suspectDone' : 'read.clearDone'), { tone: 'ok' })
    claiming.takeNext()
  }
  const mayRead = can(c.status === 'adjudication' ? 'inspection:case:adjudicate' : 'inspection:case:work')
  const isMine = c.claim?.mine === true && toRead.has(c.status) && mayRead
  return (
    <>
      {claiming.restUntil && <RestNote until={claiming.restUntil} />}
      {claiming.problem && <ProblemNote problem={claiming.problem} />}
      {claiming.isEmpty && <Note>{t('take.nothing')}</Note>}
      {c.linkLost && <Note tone="warning">{t('linkLostText')}</Note>}
      {isMine ? (
        <Held c={c} onRead={onRead} />
      ) : (
        <>
          {toRead.has(c.status) && mayRead && !c.claim && (
            <div className={css.take}>
              <Button kind="primary" pending={claiming.pending} onClick={() => claiming.take(c.id)}>
                {t('take.this')}
              </Button>
            </div>
          )}
          <ImageStation id={c.imageId} blind={c.blind} told={toldBy(c)} />
          {declared && <Declared of={declared} withheld={c.blind} />}
          <CaseFacts c={c} />
          <CaseActions c={c} />
        </>
      )}
      {answered?.tip && (
        <TipAnswer
          tip={answered.tip}
          onGoOn={() => {
            setAnswered(null)
            claiming.takeNext()
          }}
        />
      )}
    </>
  )
}

const CasePage = () => {
  const { id = '' } = useParams()
  const { t } = useTranslation('centre')
  const found = useCase(id)
  useFreshRoom(caseKey(id))
  useEffect(() => window.scrollTo(0, 0), [id])
  return (
    <Page
      title={found.data?.subject.id ?? t('case')}
      crumbs={[{ label: t('queue'), to: '/inspection/queue' }]}
      fill={found.data?.claim?.mine === true}
      lead={found.data && <Head c={found.data} />}
    >
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data && <Case key={id} c={found.data} />}
    </Page>
  )
}
export default CasePage
