/** What happened on a trip, on one sheet of paper: route, seals, checkpoints, alarms, custody, and the hashes that sign each decision. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { AlarmRow, Corridor, Signature, Trip } from '#schema/supervision'
import { get, problemIn } from '../../../app/api.ts'
import { formatCount, formatPercent } from '../../../i18n/format.ts'
import { Button } from '../../../ui/Button.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { KeyValue, Loading, type Fact } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PlainTable, type Cell } from '../../../ui/PlainTable.tsx'
import { Instant, Mass, Money } from '../../../ui/Values.tsx'
import { Barcode } from '../../declaration/Barcode.tsx'
import { useOffices } from '../../people/lookups.ts'
import { tripKey, tripsPath, useCorridor, useSeals, useTrack, useTrip, useTripAlarms, type Fix } from '../facts.ts'
import { lengthOf } from '../planning/draft.ts'
import { Sketch } from '../Sketch.tsx'
import { TripBadge, useKindName } from '../words.tsx'
import css from './report.module.css'

type Known = { trip: Trip; corridor: Corridor; track: readonly Fix[]; alarms: readonly AlarmRow[]; signatures: readonly Signature[] }
const cells = (...texts: ReactNode[]): Cell[] => texts.map((text) => ({ text }))
/** Enough of a hash to find the entry and to compare by eye; the evidence file holds it whole. */
const shownHex = 16

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={css.part}>
    <h3>{title}</h3>
    {children}
  </section>
)

const Facts = ({ trip, corridor }: Pick<Known, 'trip' | 'corridor'>) => {
  const { t, i18n } = useTranslation(['report', 'supervision'])
  const offices = useOffices()
  const office = (code: string): string => offices.find((one) => one.code === code)?.name ?? code
  const goods = trip.declared?.goods
  const facts: Fact[] = [
    { label: t('from'), value: `${office(trip.office)} (${trip.office})` },
    { label: t('to'), value: `${office(trip.destinationOffice)} (${trip.destinationOffice})` },
    { label: t('corridor'), value: t('km', { name: corridor.name, km: formatCount(Math.round(lengthOf(corridor.line) / 1000), i18n.language) }) },
    { label: t('supervision:guarantee'), value: trip.guarantee ?? t('supervision:noneOfThem') },
    ...(trip.guaranteeAmount ? [{ label: t('supervision:held'), value: <Money value={trip.guaranteeAmount} /> }] : []),
    ...(trip.holder ? [{ label: t('holder'), value: <bdi className="mono">{trip.holder}</bdi> }] : []),
    ...(trip.carrier ? [{ label: t('supervision:carrier'), value: <bdi className="mono">{trip.carrier}</bdi> }] : []),
    { label: t('supervision:vehicle'), value: <bdi>{[trip.vehicle, trip.trailer].filter(Boolean).join(' / ')}</bdi> },
    { label: t('supervision:driver'), value: <bdi>{trip.driver}</bdi> },
    { label: t('supervision:containers'), value: <bdi className="mono">{trip.containers.join(', ') || '–'}</bdi> },
    ...(goods ? [{ label: t('supervision:declaredGoods'), value: <bdi>{goods.description}</bdi> }] : []),
    ...(goods?.grossMassKg ? [{ label: t('gross'), value: <Mass kg={goods.grossMassKg} /> }] : []),
    { label: t('supervision:armedAt'), value: <Instant at={trip.armedAt} form="full" /> },
    { label: t('supervision:deadline'), value: <Instant at={trip.deadlineAt} form="full" /> },
    { label: t('arrived'), value: <Instant at={trip.arrivedAt} form="full" /> },
    { label: t('opened'), value: trip.disarmedAt ? <Instant at={trip.disarmedAt} form="full" /> : '–' },
    ...(trip.outcome ? [{ label: t('supervision:outcome'), value: <bdi>{trip.outcome}</bdi>, wide: true }] : []),
  ]
  return <KeyValue items={facts} columns={4} />
}

const Seals = ({ trip }: { trip: Trip }) => {
  const { t, i18n } = useTranslation('report')
  const now = useSeals(trip)
  const former = trip.formerSeals ?? []
  const state = (locked: boolean | null | undefined): string => t(locked === null || locked === undefined ? 'untold' : locked ? 'locked' : 'open')
  const battery = (pct: number | null | undefined): string => (pct === null || pct === undefined ? '–' : formatPercent(pct / 100, i18n.language))
  const present = trip.seals.map(({ sealId, place, since, openingProven }) => {
    const seal = now?.find((s) => s.id === sealId)
    return cells(
      <bdi className="mono">{sealId}</bdi>,
      <bdi>{place ?? '–'}</bdi>,
      <Instant at={since ?? trip.armedAt} />,
      <Instant at={trip.disarmedAt} />,
      trip.disarmedAt ? t((openingProven ?? trip.openingProven) ? 'provenOpen' : 'wordOnly') : state(seal?.locked),
      trip.disarmedAt ? '–' : battery(seal?.batteryPct),
      '–',
    )
  })
  const rows = former.map((f) =>
    cells(
      <bdi className="mono">{f.sealId}</bdi>,
      <bdi>{f.place ?? '–'}</bdi>,
      <Instant at={f.from} />,
      <Instant at={f.until} />,
      state(f.last?.locked),
      battery(f.last?.batteryPct),
      <bdi>{`${f.reason} (${f.by.name}, ${f.second.name})`}</bdi>,
    ),
  )
  return (
    <Part title={t('seals')}>
      <PlainTable
        caption={t('seals')}
        head={cells(t('number'), t('sits'), t('since'), t('until'), t('lastWord'), t('charge'), t('replacedWhy'))}
        rows={[...rows, ...present]}
      />
    </Part>
  )
}

const Checkpoints = ({ trip, corridor }: Pick<Known, 'trip' | 'corridor'>) => {
  const { t, i18n } = useTranslation('report')
  const number = (n: number): string => formatCount(n, i18n.language)
  const rows = corridor.checkpoints.map((c) => {
    const scan = trip.scans.find((s) => s.checkpointId === c.id)
    return cells(
      <bdi>{c.name}</bdi>,
      t('window', { from: number(c.earliestMin), to: number(c.latestMin) }),
      scan ? <Instant at={scan.at} /> : '–',
      scan?.by.name ?? '–',
    )
  })
  return (
    <Part title={t('checkpoints')}>
      {rows.length === 0 ? (
        <p>{t('noCheckpoints')}</p>
      ) : (
        <PlainTable caption={t('checkpoints')} head={cells(t('place'), t('due'), t('passed'), t('officer'))} rows={rows} />
      )}
    </Part>
  )
}

const Alarms = ({ alarms }: Pick<Known, 'alarms'>) => {
  const { t } = useTranslation(['report', 'supervision'])
  const kindName = useKindName()
  const rows = alarms
    .filter((a) => a.severity !== 'quality')
    .map((a) =>
      cells(
        <>
          {kindName(a.kind)} {a.subject !== 'trip' && <bdi className="mono">{a.subject}</bdi>}
        </>,
        t(`supervision:severity.${a.severity}`),
        <Instant at={a.openedAt} />,
        <Instant at={a.learntAt} />,
        a.closedAt ? (
          <>
            <Instant at={a.closedAt} /> {a.endedBy && t(`supervision:endedBy.${a.endedBy}`)}
          </>
        ) : (
          t(`supervision:episode.${a.status}`)
        ),
        <bdi>{[a.acknowledgedBy, a.reasonText].filter(Boolean).join(': ') || '–'}</bdi>,
      ),
    )
  return (
    <Part title={t('alarms')}>
      {rows.length === 0 ? (
        <p>{t('noAlarms')}</p>
      ) : (
        <PlainTable caption={t('alarms')} head={cells(t('kind'), t('severity'), t('began'), t('learnt'), t('ended'), t('answer'))} rows={rows} />
      )}
    </Part>
  )
}

/** Who had the goods, who let the seal be opened, who opened it. */
const Custody = ({ trip }: { trip: Trip }) => {
  const { t } = useTranslation('report')
  const acts = [
    ...trip.handOvers.map((h) => ({
      at: h.at,
      what: t('handedOver', { office: h.office }),
      who: h.to.name,
      more: t(h.sealLocked ? 'locked' : 'open'),
    })),
    ...trip.authorisations.map((a) => ({ at: a.from, what: t('leave'), who: [a.by.name, a.second?.name].filter(Boolean).join(', '), more: '' })),
    ...trip.unlocks.map((u) => ({ at: u.at, what: t('unlock'), who: u.by.name, more: u.sealId ?? '' })),
    ...trip.closures.map((c) => ({ at: c.at, what: t('closed'), who: c.by.name, more: c.reason })),
  ].toSorted((a, b) => (a.at < b.at ? -1 : 1))
  return (
    <Part title={t('custody')}>
      {acts.length === 0 ? (
        <p>{t('noCustody')}</p>
      ) : (
        <PlainTable
          caption={t('custody')}
          head={cells(t('when'), t('what'), t('who'), t('remark'))}
          rows={acts.map((a) => cells(<Instant at={a.at} />, a.what, <bdi>{a.who}</bdi>, <bdi>{a.more || '–'}</bdi>))}
        />
      )}
    </Part>
  )
}

const Signatures = ({ signatures }: Pick<Known, 'signatures'>) => {
  const { t } = useTranslation(['report', 'supervision'])
  return (
    <Part title={t('signatures')}>
      <ol className={css.signatures}>
        {signatures.map((s) => (
          <li key={s.version}>
            <Instant at={s.at} /> {s.command} · <bdi>{s.by}</bdi> <span className="mono">{s.hash.slice(0, shownHex)}</span>
          </li>
        ))}
      </ol>
      <p className={css.foot}>{t('signaturesText')}</p>
    </Part>
  )
}

const Sheet = (known: Known) => {
  const { t } = useTranslation('report')
  const { trip, corridor, track, alarms } = known
  return (
    <article className={css.sheet}>
      <header className={css.head}>
        <div>
          <h2>{t('heading')}</h2>
          <p className={css.standing}>
            <TripBadge status={trip.status} />
          </p>
        </div>
        <Barcode text={trip.reference} label={t('barcode', { mrn: trip.reference })} />
      </header>
      <Facts trip={trip} corridor={corridor} />
      <Part title={t('route')}>
        <div className={css.sketch}>
          <Sketch corridor={corridor} track={track} alarms={alarms} />
        </div>
      </Part>
      <Seals trip={trip} />
      <div className={css.pair}>
        <Checkpoints trip={trip} corridor={corridor} />
        <Custody trip={trip} />
      </div>
      <Alarms alarms={alarms} />
      <Signatures signatures={known.signatures} />
      <footer className={css.foot}>
        {t('printed')} <Instant at={new Date().toISOString()} form="full" />
      </footer>
    </article>
  )
}

const ReportPage = () => {
  const { id = '' } = useParams()
  const found = useTrip(id)
  const { t } = useTranslation(['report', 'supervision'])
  const reference = found.data?.reference ?? t('supervision:trip')
  return (
    <Page
      title={t('title')}
      crumbs={[
        { label: t('supervision:trips'), to: '/supervision/trips' },
        { label: reference, to: `/supervision/trips/${id}` },
      ]}
      actions={
        <Button kind="primary" icon="print" onClick={() => window.print()}>
          {t('print')}
        </Button>
      }
    >
      {found.error && <ProblemNote problem={problemIn(found.error)} />}
      {!found.data && !found.error && <Loading />}
      {found.data && <Loaded trip={found.data} />}
    </Page>
  )
}
export default ReportPage

const Loaded = ({ trip }: { trip: Trip }) => {
  const corridor = useCorridor(trip.corridorId)
  const track = useTrack(trip)
  const alarms = useTripAlarms(trip.id).data
  const signatures = useQuery({
    queryKey: [...tripKey(trip.id), 'signatures'],
    queryFn: ({ signal }) => get<Signature[]>(`${tripsPath}/${trip.id}/signatures`, {}, { signal }),
  }).data
  if (!corridor || !track || !alarms || !signatures) return <Loading />
  return <Sheet trip={trip} corridor={corridor} track={track} alarms={alarms} signatures={signatures} />
}
