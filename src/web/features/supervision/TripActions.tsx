/** What may be done with a trip now: read off the table of transitions that the server guards with, by one's permissions. */
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { tripCommands, tripTransitions, type Corridor, type Trip, type TripCommandName, type TripStatus } from '#schema/supervision'
import { useCan } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { DecisionBar, type Decision } from '../../ui/DecisionBar.tsx'
import { Checkbox, FieldRow, Select, TextField } from '../../ui/fields.tsx'
import { tripKey, tripsPath } from './facts.ts'
import { TripBadge } from './words.tsx'

/** `depart` is the system's, and an alarm is closed where it stands. */
type Given = Exclude<TripCommandName, 'depart' | 'close-alarm'>
const isGiven = (name: TripCommandName): name is Given => name !== 'depart' && name !== 'close-alarm'

type Entry = {
  checkpointId?: string
  personId?: string
  name?: string
  office?: string
  sealLocked?: boolean
  minutes: string
  place: 'destination' | 'anywhere'
  next?: TripStatus
}

const bodyOf = (name: Given, entry: Entry, reason: string, corridor: Corridor | null | undefined): object => {
  const person = { personId: entry.personId ?? '', name: entry.name ?? '' }
  switch (name) {
    case 'arm':
    case 'arrive':
    case 'disarm':
      return {}
    case 'cancel':
    case 'discharge':
    case 'report-incident':
      return { reason }
    case 'pass-checkpoint':
      return { checkpointId: entry.checkpointId ?? '' }
    case 'hand-over':
      return { to: person, office: entry.office ?? '', sealLocked: entry.sealLocked ?? false }
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

type FieldsProps = { trip: Trip; corridor: Corridor | null | undefined; entry: Entry; change: (part: Partial<Entry>) => void }

const PersonFields = ({ entry, change }: Pick<FieldsProps, 'entry' | 'change'>) => {
  const { t } = useTranslation('supervision')
  return (
    <>
      <TextField label={t('act.personName')} value={entry.name} maxLength={200} onChange={(name) => change({ name })} />
      <TextField label={t('act.personId')} value={entry.personId} maxLength={60} mono onChange={(personId) => change({ personId })} />
    </>
  )
}

const AuthoriseFields = ({ entry, change }: FieldsProps) => {
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
      {entry.place === 'anywhere' && <PersonFields entry={entry} change={change} />}
    </FieldRow>
  )
}

/** Fields of a command beyond its reason. */
const fieldsOf = (name: Given, props: FieldsProps, t: ReturnType<typeof useTranslation<'supervision'>>['t']): ReactNode => {
  const { trip, corridor, entry, change } = props
  if (name === 'authorise') return <AuthoriseFields {...props} />
  if (name === 'hand-over')
    return (
      <FieldRow>
        <PersonFields entry={entry} change={change} />
        <TextField label={t('act.office')} value={entry.office} maxLength={20} mono upper width="s" onChange={(office) => change({ office })} />
        <Checkbox label={t('act.sealLocked')} value={entry.sealLocked} onChange={(sealLocked) => change({ sealLocked })} />
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
  if (name !== 'resolve-incident') return undefined
  const ways = [...new Set([trip.interrupted ?? trip.status, 'discharged' as const])]
  return (
    <Select
      label={t('act.next')}
      options={ways.map((value) => ({ value, label: t(`status.${value}`) }))}
      value={entry.next}
      onChange={(next) => change({ next: ways.find((way) => way === next) })}
    />
  )
}

const kindOf: Partial<Record<Given, Decision['kind']>> = {
  arm: 'primary',
  arrive: 'primary',
  disarm: 'primary',
  discharge: 'primary',
  cancel: 'danger',
}
const needsReason: ReadonlySet<Given> = new Set(['cancel', 'report-incident', 'resolve-incident'])
const everyEntry: Entry = { minutes: '30', place: 'destination' }

export const TripActions = ({ trip, corridor }: { trip: Trip; corridor: Corridor | null | undefined }) => {
  const { t } = useTranslation('supervision')
  const can = useCan()
  const [entry, setEntry] = useState(everyEntry)
  const change = (part: Partial<Entry>): void => setEntry((now) => ({ ...now, ...part }))
  const command = useCommand<{ name: Given; body: object }, Trip>({
    path: ({ name }) => `${tripsPath}/${trip.id}/${name}`,
    body: ({ body }) => body,
    refresh: [tripKey(trip.id), ['list', tripsPath]],
    onDone: () => setEntry(everyEntry),
  })
  const possible = tripCommands.filter(isGiven).filter((name) => {
    const way = tripTransitions[trip.status][name]
    return way !== undefined && can(way.permission)
  })
  const actions = possible.map((name): Decision => {
    const extra = fieldsOf(name, { trip, corridor, entry, change }, t)
    return {
      id: name,
      label: t(`command.${name}`),
      consequences: t(`consequence.${name}`),
      ...(kindOf[name] && { kind: kindOf[name] }),
      ...(needsReason.has(name) && { grounds: 'required' as const }),
      ...(name === 'discharge' && { grounds: 'optional' as const, groundsHint: t('act.dischargeHint') }),
      ...((needsReason.has(name) || name === 'discharge') && { groundsLabel: t('why') }),
      ...(extra !== undefined && { extra }),
      run: (reason) => command.run({ name, body: bodyOf(name, entry, reason, corridor) }),
    }
  })
  return <DecisionBar actions={actions} status={<TripBadge status={trip.status} />} />
}
