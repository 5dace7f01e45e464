/** The officer's tablet beside the lorry: scan a seal, see its trip, and do the one thing that comes next. Large targets, few words. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { tripTransitions, type AlarmRow, type Corridor, type Trip } from '#schema/supervision'
import { get, problemIn } from '../../../app/api.ts'
import { useCan } from '../../../app/session.ts'
import { useCommand } from '../../../app/use-command.ts'
import { Button } from '../../../ui/Button.tsx'
import { Select, TextField } from '../../../ui/fields.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { Empty, KeyValue, Loading, Note, Section, Stack } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { toast } from '../../../ui/toast.tsx'
import { Instant } from '../../../ui/Values.tsx'
import { Arming } from '../Arming.tsx'
import { tripKey, tripsPath, useCorridor, useFresh, useSeals, useTripAlarms } from '../facts.ts'
import { SealList } from '../SealList.tsx'
import { TripBadge, Way } from '../words.tsx'
import css from './field.module.css'

const steps = ['arm', 'pass-checkpoint', 'arrive', 'authorise', 'disarm'] as const
type Step = (typeof steps)[number]
const minuteMs = 60_000
const leaveMin = 30

const key = ['supervision', 'field'] as const
const waitingStatuses = ['planned', 'armed', 'inTransit', 'arrived'] as const

const useWaiting = () =>
  useQuery({
    queryKey: [...key, 'waiting'],
    queryFn: async ({ signal }) =>
      (await Promise.all(waitingStatuses.map((status) => get<{ rows: Trip[] }>(tripsPath, { status, size: 100 }, { signal })))).flatMap(
        (page) => page.rows,
      ),
  })

/** What a step sends: leave to open is for the destination, from now on. */
const bodyOf = (step: Step, corridor: Corridor | null | undefined, checkpointId: string | undefined): object => {
  if (step === 'pass-checkpoint') return { checkpointId: checkpointId ?? '' }
  if (step !== 'authorise') return {}
  const now = Date.now()
  const [from, to] = [now, now + leaveMin * minuteMs].map((ms) => new Date(ms).toISOString())
  return { from, to, area: corridor?.destination ?? null, second: null }
}

const Steps = ({ trip }: { trip: Trip }) => {
  const { t } = useTranslation('field')
  const can = useCan()
  const corridor = useCorridor(trip.corridorId)
  const [checkpointId, setCheckpoint] = useState<string>()
  const command = useCommand<Step>({
    path: (step) => `${tripsPath}/${trip.id}/${step}`,
    body: (step) => bodyOf(step, corridor, checkpointId),
    refresh: [key, tripKey(trip.id), ['list', tripsPath]],
    onDone: () => toast(t('done'), { tone: 'ok' }),
  })
  const left = corridor?.checkpoints.filter((c) => !trip.scans.some((s) => s.checkpointId === c.id)) ?? []
  const isPossible = (step: Step): boolean => {
    const way = tripTransitions[trip.status][step]
    return way !== undefined && can(way.permission) && (step !== 'pass-checkpoint' || left.length > 0)
  }
  return (
    <div className={css.steps}>
      {isPossible('pass-checkpoint') && (
        <Select label={t('checkpoint')} options={left.map((c) => ({ value: c.id, label: c.name }))} value={checkpointId} onChange={setCheckpoint} />
      )}
      {steps.filter(isPossible).map((step) => (
        <Button
          key={step}
          kind={step === 'authorise' || step === 'pass-checkpoint' ? 'secondary' : 'primary'}
          pending={command.pending}
          disabled={step === 'pass-checkpoint' && checkpointId === undefined}
          onClick={() => void command.run(step)}
        >
          {t(`next.${trip.seals.length > 1 && (step === 'arm' || step === 'disarm') ? (`${step}All` as const) : step}`)}
        </Button>
      ))}
      <Button to={`/supervision/trips/${trip.id}`}>{t('whole')}</Button>
      {command.problem && <ProblemNote problem={command.problem} />}
    </div>
  )
}

const noAlarms: readonly AlarmRow[] = []

const TripInHand = ({ trip }: { trip: Trip }) => {
  const { t } = useTranslation('field')
  const seals = useSeals(trip)
  const alarms = useTripAlarms(trip.id).data ?? noAlarms
  return (
    <Section title={trip.vehicle}>
      <Stack>
        <p className={css.head}>
          <TripBadge status={trip.status} /> <Way trip={trip} />
        </p>
        <KeyValue
          columns={2}
          items={[
            { label: t('driver'), value: <bdi>{trip.driver}</bdi> },
            { label: t('containers'), value: <bdi className="mono">{trip.containers.join(', ') || '–'}</bdi> },
            { label: t('before'), value: trip.deadlineAt ? <Instant at={trip.deadlineAt} /> : t('notArmed') },
          ]}
        />
        {seals && <SealList seals={seals} alarms={alarms} />}
        <Arming trip={trip} />
        <Steps trip={trip} />
      </Stack>
    </Section>
  )
}

const matches = (trip: Trip, text: string): boolean => {
  const plain = text.replace(/\s/g, '').toLowerCase()
  return [...trip.seals.map((s) => s.sealId), trip.reference, trip.vehicle, trip.trailer].some(
    (part) => part?.replace(/\s/g, '').toLowerCase() === plain,
  )
}

const FieldPage = () => {
  const { t } = useTranslation('field')
  const [address, setAddress] = useSearchParams()
  const [text, setText] = useState<string>()
  const waiting = useWaiting()
  useFresh(key, ['supervision', 'trip'])
  const asked = address.get('find')
  const found = asked === null ? undefined : waiting.data?.find((trip) => matches(trip, asked))
  return (
    <Page title={t('gate')} narrow>
      <div className={css.page}>
        <Stack>
          <form
            className={css.scan}
            role="search"
            aria-label={t('scan')}
            onSubmit={(event) => {
              event.preventDefault()
              if (text) setAddress({ find: text })
              setText(undefined)
            }}
          >
            <TextField label={t('scan')} width="full" maxLength={60} mono value={text} onChange={setText} autoFocus />
            <Button kind="primary" type="submit" icon="search">
              {t('find')}
            </Button>
          </form>
          {waiting.isPending && <Loading />}
          {waiting.error && <ProblemNote problem={problemIn(waiting.error)} onRetry={() => void waiting.refetch()} />}
          {asked !== null && waiting.data && !found && <Note tone="warning" live title={t('notFound')} />}
          {found && <TripInHand trip={found} />}
          {asked !== null && <Button onClick={() => setAddress({})}>{t('back')}</Button>}
          {asked === null && waiting.data && (
            <Section title={t('waiting')} count={waiting.data.length}>
              {waiting.data.length === 0 && <Empty title={t('none')} text={t('noneText')} />}
              <ul className={css.waiting}>
                {waiting.data.map((trip) => (
                  <li key={trip.id}>
                    <button type="button" className={css.row} onClick={() => setAddress({ find: trip.seals[0]!.sealId })}>
                      <strong>
                        <bdi>{trip.vehicle}</bdi>
                      </strong>
                      <Way trip={trip} />
                      <bdi className="mono">{trip.seals.map((s) => s.sealId).join(' · ')}</bdi>
                      <TripBadge status={trip.status} />
                    </button>
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </Stack>
      </div>
    </Page>
  )
}
export default FieldPage
