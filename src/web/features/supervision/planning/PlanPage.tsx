/**
 * Plans a trip: declaration, carrier, vehicle, corridor with its checkpoints, seals and time limit. With `?transit=MRN` it is of goods that were
 * released for transit: what their declaration says stands and is not typed again.
 */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import type { Issue } from '#kernel/issue.ts'
import { mostSeals, type AlarmRow, type Corridor, type DeclaredTransit, type Trip, type TripPlan } from '#schema/supervision'
import { get, problemIn } from '../../../app/api.ts'
import { useCommand } from '../../../app/use-command.ts'
import { formatCount } from '../../../i18n/format.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { CodeField } from '../../../ui/CodeField.tsx'
import { DecimalField, FieldRow, Select, TextField } from '../../../ui/fields.tsx'
import { Form, type FormApi, useForm } from '../../../ui/form.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { KeyValue, Loading, Note, Section, Stack } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { Id, Mass, Money } from '../../../ui/Values.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useUnsavedGuard } from '../../../ui/unsaved.tsx'
import { searchOrganisations, useOffices } from '../../people/lookups.ts'
import { useCorridors } from '../control/facts.ts'
import { searchDevices } from '../devices.ts'
import { transitsPath, tripsPath, type Fix } from '../facts.ts'
import { Sketch } from '../Sketch.tsx'
import { drivingMinutes, lengthOf, usualLimit } from './draft.ts'

type Plan = Partial<Pick<TripPlan, 'reference' | 'carrier' | 'vehicle' | 'trailer' | 'driver' | 'office' | 'destinationOffice' | 'corridorId'>> & {
  seals: readonly Partial<TripPlan['seals'][number]>[]
  containers?: string
  truckId?: string
  limit?: string
}

const needed = ['reference', 'vehicle', 'driver', 'office', 'destinationOffice', 'corridorId', 'limit'] as const
const missing = (path: string): Issue => ({ code: 'form.required', severity: 'error', path })
const validate = (plan: Plan): Issue[] => [
  ...needed.flatMap((name) => (plan[name] ? [] : [missing(`/${name}`)])),
  ...plan.seals.flatMap(({ sealId }, n) => (sealId ? [] : [missing(`/seals/${n}/sealId`)])),
]

const bodyOf = ({ containers, truckId, limit, seals, ...plan }: Plan): TripPlan => ({
  ...(plan as Required<Omit<Plan, 'containers' | 'truckId' | 'limit' | 'carrier' | 'trailer' | 'seals'>>),
  seals: seals.map(({ sealId = '', place }) => ({ sealId, ...(place && { place }) })),
  guarantee: null,
  containers: (containers ?? '')
    .split(/[\s,;]+/)
    .map((c) => c.toUpperCase())
    .filter((c) => c !== ''),
  truckId: truckId ?? null,
  limitMin: Math.round(Number(limit)),
})

const noFixes: readonly Fix[] = []
const noAlarms: readonly AlarmRow[] = []

const Way = ({ corridor }: { corridor: Corridor }) => {
  const { t, i18n } = useTranslation('seals')
  const number = (n: number): string => formatCount(Math.round(n), i18n.language)
  return (
    <Stack>
      <Note>{t('plan.limitHint', { km: number(lengthOf(corridor.line) / 1000), minutes: number(drivingMinutes(corridor)) })}</Note>
      <Sketch corridor={corridor} track={noFixes} alarms={noAlarms} />
      <h3>{t('plan.checkpoints')}</h3>
      {corridor.checkpoints.length === 0 && <p className="muted">{t('plan.noCheckpoints')}</p>}
      <ol>
        {corridor.checkpoints.map((c) => (
          <li key={c.id}>{t('plan.window', { name: c.name, from: number(c.earliestMin), to: number(c.latestMin) })}</li>
        ))}
      </ol>
    </Stack>
  )
}

/** Of whom the fields need not ask. */
const unbegun: Plan = { seals: [{}] }
const begun = (t: DeclaredTransit): Plan => ({
  ...unbegun,
  reference: t.mrn,
  office: t.office,
  destinationOffice: t.destinationOffice,
  containers: t.containers.join(' '),
  ...(t.carrier && { carrier: t.carrier }),
  ...(t.vehicle && { vehicle: t.vehicle }),
})

const Declared = ({ transit }: { transit: DeclaredTransit }) => {
  const { t, i18n } = useTranslation(['seals', 'supervision'])
  const offices = useOffices()
  const office = (code: string): string => offices.find((one) => one.code === code)?.name ?? code
  const { goods } = transit
  return (
    <Section title={t('plan.declared')}>
      <KeyValue
        columns={3}
        items={[
          { label: t('plan.reference'), value: <Id value={transit.mrn} label={t('plan.reference')} /> },
          { label: t('plan.holder'), value: <Id value={transit.holder} label={t('plan.holder')} /> },
          { label: t('supervision:guarantee'), value: <Id value={transit.guarantee} label={t('supervision:guarantee')} /> },
          { label: t('supervision:held'), value: <Money value={transit.guaranteeAmount} /> },
          { label: t('plan.from'), value: office(transit.office) },
          { label: t('plan.to'), value: office(transit.destinationOffice) },
          { label: t('plan.items'), value: t('plan.itemsOf', { count: goods.items, goods: goods.description }), wide: true },
          { label: t('plan.packages'), value: goods.packages === null ? '–' : formatCount(Number(goods.packages), i18n.language) },
          { label: t('plan.gross'), value: goods.grossMassKg === null ? '–' : <Mass kg={goods.grossMassKg} /> },
          { label: t('supervision:containers'), value: <bdi className="mono">{transit.containers.join(', ') || '–'}</bdi> },
        ]}
      />
    </Section>
  )
}

const PlanPage = () => {
  const [address] = useSearchParams()
  const mrn = address.get('transit')
  const { t } = useTranslation(['seals', 'supervision'])
  const found = useQuery({
    queryKey: ['supervision', 'transit', mrn],
    queryFn: ({ signal }) => get<DeclaredTransit>(`${transitsPath}/${mrn ?? ''}`, {}, { signal }),
    enabled: mrn !== null,
  })
  return (
    <Page title={t('plan.title')} crumbs={[{ label: t('supervision:trips'), to: '/supervision/trips' }]} narrow>
      {mrn !== null && found.isPending && <Loading />}
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {(mrn === null || found.data) && <PlanForm transit={found.data} />}
    </Page>
  )
}
export default PlanPage

/** One to six seals, each with where it sits: a door each, or the lorry and its trailer. */
const Seals = ({ form }: { form: FormApi<Plan> }) => {
  const { t } = useTranslation('seals')
  const { office, seals } = form.value
  const source = useMemo(() => searchDevices('seal', office), [office])
  return (
    <>
      {seals.map((_, n) => (
        <FieldRow key={n}>
          <CodeField
            path={`/seals/${n}/sealId`}
            label={n === 0 ? t('plan.seal') : t('plan.sealNumber', { n: n + 1 })}
            hint={n === 0 ? t('plan.sealHint') : undefined}
            source={source}
          />
          <TextField
            path={`/seals/${n}/place`}
            label={t('plan.sealPlace')}
            hint={n === 0 ? t('plan.sealPlaceHint') : undefined}
            maxLength={80}
            optional
          />
          {seals.length > 1 && (
            <IconButton icon="close" label={t('plan.removeSeal', { n: n + 1 })} onClick={() => form.set('/seals', seals.toSpliced(n, 1))} />
          )}
        </FieldRow>
      ))}
      {seals.length < mostSeals && (
        <p>
          <Button size="sm" icon="plus" onClick={() => form.set('/seals', [...seals, {}])}>
            {t('plan.addSeal')}
          </Button>
        </p>
      )}
    </>
  )
}

const PlanForm = ({ transit }: { transit: DeclaredTransit | undefined }) => {
  const { t } = useTranslation(['seals', 'supervision'])
  const navigate = useNavigate()
  const form = useForm<Plan>({ initial: transit ? begun(transit) : unbegun, validate })
  const offices = useOffices()
  const corridors = useCorridors()
  const plan = useCommand<TripPlan, Trip>({ path: tripsPath, refresh: [['list', tripsPath]] })
  const { office, corridorId } = form.value
  const corridor = corridors.find((c) => c.id === corridorId)
  const units = useMemo(() => searchDevices('truck', office), [office])
  useUnsavedGuard(form.dirty && !plan.pending)
  const choose = (id: string | undefined): void => {
    form.set('/corridorId', id)
    const chosen = corridors.find((c) => c.id === id)
    if (chosen && !form.value.limit) form.set('/limit', String(usualLimit(chosen)))
  }
  const submit = async (value: Plan) => {
    const reply = await plan.run(bodyOf(value))
    if (!reply.ok) return reply
    form.reset(transit ? begun(transit) : unbegun)
    toast(t('plan.saved'), { tone: 'ok' })
    await navigate(`/supervision/trips/${reply.value.id}`)
    return reply
  }
  return (
    <Form
      form={form}
      onSubmit={submit}
      actions={
        <Button kind="primary" type="submit" pending={plan.pending}>
          {t('plan.save')}
        </Button>
      }
    >
      <Note>{t(transit ? 'plan.declaredText' : 'plan.text')}</Note>
      {transit && <Declared transit={transit} />}
      <Section title={t('plan.goods')}>
        <Stack>
          <FieldRow>
            {!transit && <TextField path="/reference" label={t('plan.reference')} width="l" maxLength={40} mono upper />}
            <CodeField path="/carrier" label={t('plan.carrier')} hint={t('plan.carrierHint')} source={searchOrganisations} optional />
          </FieldRow>
          <FieldRow>
            <TextField path="/vehicle" label={t('plan.vehicle')} maxLength={40} upper />
            <TextField path="/trailer" label={t('plan.trailer')} maxLength={40} upper optional />
            <TextField path="/driver" label={t('plan.driver')} maxLength={200} />
          </FieldRow>
          {!transit?.containers.length && (
            <TextField
              path="/containers"
              label={t('plan.containers')}
              hint={t('plan.containersHint')}
              width="l"
              maxLength={400}
              mono
              upper
              optional
            />
          )}
        </Stack>
      </Section>
      <Section title={t('plan.way')}>
        <Stack>
          {!transit && (
            <FieldRow>
              <CodeField path="/office" label={t('plan.from')} source={offices} />
              <CodeField path="/destinationOffice" label={t('plan.to')} source={offices} />
            </FieldRow>
          )}
          <FieldRow>
            <Select
              label={t('plan.corridor')}
              options={corridors.map((c) => ({ value: c.id, label: c.name }))}
              value={corridorId}
              onChange={choose}
              issues={form.shown.filter((issue) => issue.path === '/corridorId')}
            />
            <DecimalField path="/limit" label={t('plan.limit')} />
          </FieldRow>
          {corridor && <Way corridor={corridor} />}
        </Stack>
      </Section>
      <Section title={t('plan.sealsTitle')}>
        <Stack>
          <Seals form={form} />
          <FieldRow>
            <CodeField path="/truckId" label={t('plan.unit')} source={units} optional />
          </FieldRow>
        </Stack>
      </Section>
    </Form>
  )
}
