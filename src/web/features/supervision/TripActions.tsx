/** What may be done with a trip now: read off the table of transitions that the server guards with, by one's permissions. */
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { tripCommands, tripTransitions, type Corridor, type Trip, type TripCommandName, type TripStatus } from '#schema/supervision'
import { useCan, useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { DecisionBar, type Decision } from '../../ui/DecisionBar.tsx'
import { CodeField } from '../../ui/CodeField.tsx'
import { Checkbox, FieldRow, Select, TextField } from '../../ui/fields.tsx'
import { searchDevices } from './devices.ts'
import { tripKey, tripsPath, usePeople, type Colleague } from './facts.ts'
import { incidentsPath, useOpenCase } from './incidents.ts'
import { SealSelect } from './SealSelect.tsx'
import { TripBadge } from './words.tsx'

/** The system's own, and closing an alarm, which is done where it stands. */
type NotGiven = 'depart' | 'confirm-arming' | 'conclude' | 'close-alarm'
type Given = Exclude<TripCommandName, NotGiven>
const notGiven: ReadonlySet<TripCommandName> = new Set<NotGiven>(['depart', 'confirm-arming', 'conclude', 'close-alarm'])
const isGiven = (name: TripCommandName): name is Given => !notGiven.has(name)

type Entry = {
  checkpointId?: string
  person?: Colleague
  office?: string
  method: 'static' | 'dynamic'
  sealLocked?: boolean
  minutes: string
  place: 'destination' | 'anywhere'
  next?: TripStatus
  sealId?: string
  /** which of several */
  chosen?: string
}

type FieldsProps = { trip: Trip; corridor: Corridor | null | undefined; entry: Entry; change: (part: Partial<Entry>) => void }

const bodyOf = (name: Given, { trip, entry, corridor }: Omit<FieldsProps, 'change'>, reason: string): object => {
  const person = entry.person ?? { personId: '', name: '' }
  switch (name) {
    case 'arm':
    case 'arrive':
    case 'disarm':
      return {}
    case 'cancel':
    case 'discharge':
      return { reason }
    case 'report-incident':
      return { tripId: trip.id, summary: reason }
    case 'pass-checkpoint':
      return { checkpointId: entry.checkpointId ?? '' }
    case 'hand-over':
      return { to: person, office: entry.office ?? '', sealLocked: entry.sealLocked ?? false }
    case 'replace-seal':
      return { sealId: entry.sealId ?? '', ...(entry.chosen && { replaces: entry.chosen }), second: person, reason }
    case 'unlock':
      return { method: entry.method, ...(entry.chosen && { sealId: entry.chosen }) }
    case 'resolve-incident':
      return { next: entry.next, reason }
    case 'authorise': {
      const from = new Date()
      const to = new Date(from.getTime() + Number(entry.minutes) * 60_000)
      const here = entry.place === 'destination' && corridor ? corridor.destination : null
      return { from: from.toISOString(), to: to.toISOString(), area: here, second: here ? null : person }
    }
  }
}

/** Somebody else who may work on seals at the office, or at another one. */
const PersonField = ({ office, other = '', entry, change }: Pick<FieldsProps, 'entry' | 'change'> & { office: string; other?: string }) => {
  const { t } = useTranslation('supervision')
  const me = useSession().person.id
  const known = [...(usePeople(office) ?? []), ...(usePeople(other) ?? [])]
  const others = [...new Map(known.map((one) => [one.personId, one])).values()].filter((one) => one.personId !== me)
  if (others.length === 0) return <p className="muted">{t('act.noPerson', { office })}</p>
  return (
    <Select
      label={t('act.person')}
      options={others.map((one) => ({ value: one.personId, label: one.name }))}
      value={entry.person?.personId}
      onChange={(id) => change({ person: others.find((one) => one.personId === id) })}
    />
  )
}

const AuthoriseFields = ({ trip, entry, change }: FieldsProps) => {
  const { t } = useTranslation('supervision')
  return (
    <FieldRow>
      <Select
        label={t('act.minutes')}
        width="s"
        options={['15', '30', '60', '120'].map((value) => ({ value, label: value }))}
        value={entry.minutes}
        onChange={(minutes) => change({ minutes: minutes ?? '30' })}
      />
      <Select
        label={t('act.place')}
        options={(['destination', 'anywhere'] as const).map((value) => ({ value, label: t(`act.${value}`) }))}
        value={entry.place}
        onChange={(place) => change({ place: place === 'anywhere' ? place : 'destination' })}
      />
      {entry.place === 'anywhere' && <PersonField office={trip.destinationOffice} entry={entry} change={change} />}
    </FieldRow>
  )
}

/** Issued seals of any office: the nearest is where the goods were halted. */
const searchSeals = searchDevices('seal', undefined)

/** Fields of a command beyond its reason. */
const fieldsOf = (name: Given, props: FieldsProps, t: ReturnType<typeof useTranslation<'supervision'>>['t']): ReactNode => {
  const { trip, corridor, entry, change } = props
  if (name === 'authorise') return <AuthoriseFields {...props} />
  if (name === 'hand-over')
    return (
      <FieldRow>
        <TextField label={t('act.office')} value={entry.office} maxLength={20} mono upper width="s" onChange={(office) => change({ office })} />
        <PersonField office={entry.office ?? trip.destinationOffice} entry={entry} change={change} />
        <Checkbox label={t('act.sealLocked')} value={entry.sealLocked} onChange={(sealLocked) => change({ sealLocked })} />
      </FieldRow>
    )
  if (name === 'replace-seal')
    return (
      <FieldRow>
        <SealSelect trip={trip} value={entry.chosen} onChange={(chosen) => change({ chosen })} />
        <CodeField
          label={t('act.newSeal')}
          hint={t('act.newSealHint')}
          source={searchSeals}
          value={entry.sealId}
          onChange={(sealId) => change({ sealId })}
        />
        <PersonField office={trip.office} other={trip.destinationOffice} entry={entry} change={change} />
      </FieldRow>
    )
  if (name === 'pass-checkpoint') {
    const left = (corridor?.checkpoints ?? []).filter(({ id }) => !trip.scans.some((s) => s.checkpointId === id))
    return (
      <Select
        label={t('act.checkpoint')}
        options={left.map((c) => ({ value: c.id, label: c.name }))}
        value={entry.checkpointId}
        onChange={(checkpointId) => change({ checkpointId })}
      />
    )
  }
  if (name === 'unlock')
    return (
      <FieldRow>
        <SealSelect trip={trip} value={entry.chosen} onChange={(chosen) => change({ chosen })} />
        <Select
          label={t('act.method')}
          options={(['static', 'dynamic'] as const).map((value) => ({ value, label: t(`act.${value}`) }))}
          value={entry.method}
          onChange={(method) => change({ method: method === 'dynamic' ? method : 'static' })}
        />
      </FieldRow>
    )
  if (name !== 'resolve-incident') return undefined
  const ways = [...new Set([trip.interrupted ?? trip.status, 'arrived' as const, 'discharged' as const, 'seized' as const])]
  return (
    <Select
      label={t('act.next')}
      options={ways.map((value) => ({ value, label: t(`status.${value}`) }))}
      value={entry.next}
      onChange={(next) => change({ next: ways.find((way) => way === next) })}
    />
  )
}

/** The name of a command under which it is offered: arming and disarming are of all seals. */
const ofAll = (name: Given, { seals }: Trip): Given | 'armAll' | 'disarmAll' =>
  seals.length > 1 && (name === 'arm' || name === 'disarm') ? `${name}All` : name

const kindOf: Partial<Record<Given, Decision['kind']>> = {
  arm: 'primary',
  arrive: 'primary',
  disarm: 'primary',
  discharge: 'primary',
  cancel: 'danger',
}
const needsReason: ReadonlySet<Given> = new Set(['cancel', 'report-incident', 'resolve-incident', 'replace-seal'])
const everyEntry: Entry = { minutes: '30', place: 'destination', method: 'static' }

export const TripActions = ({ trip, corridor }: { trip: Trip; corridor: Corridor | null | undefined }) => {
  const { t } = useTranslation('supervision')
  const can = useCan()
  const [entry, setEntry] = useState(everyEntry)
  const change = (part: Partial<Entry>): void => setEntry((now) => ({ ...now, ...part }))
  const command = useCommand<{ name: Given; body: object }, Trip>({
    // An incident is a case of its own, which halts the trip and ends that.
    path: ({ name }) => (name === 'report-incident' ? incidentsPath : `${tripsPath}/${trip.id}/${name}`),
    body: ({ body }) => body,
    refresh: [tripKey(trip.id), ['list', tripsPath], ['list', incidentsPath]],
    onDone: () => setEntry(everyEntry),
  })
  const openCase = useOpenCase(trip.id)
  const possible = tripCommands.filter(isGiven).filter((name) => {
    const way = tripTransitions[trip.status][name]
    if (name === 'report-incident') return way !== undefined && can('supervision:incident:lead')
    // Opening from afar needs leave that has not run out.
    if (name === 'unlock' && !trip.authorisations.some(({ to }) => Date.parse(to) > Date.now())) return false
    // A trip that is halted by a case goes on when that is closed.
    if (name === 'resolve-incident' && openCase !== null) return false
    return way !== undefined && can(way.permission)
  })
  const actions = possible.map((name): Decision => {
    const extra = fieldsOf(name, { trip, corridor, entry, change }, t)
    return {
      id: name,
      label: t(`command.${ofAll(name, trip)}`),
      consequences: t(`consequence.${name}`),
      ...(kindOf[name] && { kind: kindOf[name] }),
      ...(needsReason.has(name) && { grounds: 'required' as const }),
      ...(name === 'discharge' && { grounds: 'optional' as const, groundsHint: t('act.dischargeHint') }),
      ...((needsReason.has(name) || name === 'discharge') && { groundsLabel: t('why') }),
      ...(extra !== undefined && { extra }),
      run: (reason) => command.run({ name, body: bodyOf(name, { trip, entry, corridor }, reason) }),
    }
  })
  return <DecisionBar actions={actions} status={<TripBadge status={trip.status} />} />
}
