/** Corridors drawn on the map: centreline, half width, checkpoints and permitted stops; every click has a field that does the same. */
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Corridor, LiveSeal, LonLat } from '#schema/supervision'
import { useCommand } from '../../../app/use-command.ts'
import { formatCount } from '../../../i18n/format.ts'
import { MapView } from '../../../map/MapView.tsx'
import type { MapEngine } from '../../../map/engine.ts'
import { corridorLines } from '../../../map/network.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Choice, DecimalField, FieldRow, Select, TextField } from '../../../ui/fields.tsx'
import { Form, useForm, type FormApi } from '../../../ui/form.tsx'
import { Loading, Section, Stack } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useUnsavedGuard } from '../../../ui/unsaved.tsx'
import { corridorsKey, useCorridors, useGround, useOfficePoints } from '../control/facts.ts'
import { useDarkRoom } from '../control/dark-room.ts'
import { codeOf, emptyCorridor, issuesOf, lengthOf, withCheckpoint, withLine, withStop } from './draft.ts'
import css from './planning.module.css'

const noSeals: readonly LiveSeal[] = []
const tools = ['line', 'checkpoint', 'stop'] as const
type Tool = (typeof tools)[number]

/** What is being drawn, as features: line with its true width, and its places. */
const drawn = (c: Corridor): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: [
    ...(c.line.length > 1 ? corridorLines([c]).features : []),
    ...[...c.line, ...c.checkpoints.map((p) => p.area.at), ...c.stops.map((p) => p.area.at)].map(
      ({ lon, lat }): GeoJSON.FeatureCollection['features'][number] => ({
        type: 'Feature',
        properties: {},
        geometry: { type: 'Point', coordinates: [lon, lat] },
      }),
    ),
  ],
})

type Draft = FormApi<Corridor>

/** A vertex or place by its coordinates, for whoever has no pointer or knows them exactly. */
const ByHand = ({ onAdd }: { onAdd: (at: LonLat) => void }) => {
  const { t } = useTranslation('seals')
  const [place, setPlace] = useState<{ lat?: string; lon?: string }>({})
  const at = { lat: Number(place.lat), lon: Number(place.lon) }
  const isPlace = place.lat !== undefined && place.lon !== undefined && Math.abs(at.lat) <= 90 && Math.abs(at.lon) <= 180
  return (
    <FieldRow>
      <DecimalField label={t('corridors.lat')} value={place.lat} onChange={(lat) => setPlace({ ...place, lat })} />
      <DecimalField label={t('corridors.lon')} value={place.lon} onChange={(lon) => setPlace({ ...place, lon })} />
      <Button
        disabled={!isPlace}
        onClick={() => {
          onAdd(at)
          setPlace({})
        }}
      >
        {t('corridors.add')}
      </Button>
    </FieldRow>
  )
}

type Listed = { id: string; name: string; area: { radiusM: number } }

const Places = ({ form, of }: { form: Draft; of: 'checkpoints' | 'stops' }) => {
  const { t } = useTranslation('seals')
  const all: readonly Listed[] = form.value[of]
  const minutes = of === 'checkpoints' ? ('latestMin' as const) : ('longestMin' as const)
  const set = (n: number, name: string, value: unknown): void => form.set(`/${of}/${n}/${name}`, value)
  return (
    <Section title={t(`corridors.${of}`)} count={all.length}>
      {all.length === 0 && <p className="muted">{t('corridors.noPlaces')}</p>}
      {all.map((place, n) => (
        <FieldRow key={place.id}>
          <TextField path={`/${of}/${n}/name`} label={t('corridors.placeName')} maxLength={200} />
          <DecimalField
            label={t('corridors.radius')}
            value={String(place.area.radiusM)}
            onChange={(metres) => set(n, 'area', { ...place.area, radiusM: Math.max(1, Number(metres ?? 1)) })}
          />
          <DecimalField
            label={t(of === 'checkpoints' ? 'corridors.latest' : 'corridors.longest')}
            value={String((place as unknown as Record<typeof minutes, number>)[minutes])}
            onChange={(value) => set(n, minutes, Math.max(0, Number(value ?? 0)))}
          />
          <IconButton
            icon="trash"
            label={t('corridors.remove', { name: place.name })}
            onClick={() =>
              form.set(
                `/${of}`,
                all.filter((one) => one.id !== place.id),
              )
            }
          />
        </FieldRow>
      ))}
    </Section>
  )
}

const useDraft = () => {
  const { t } = useTranslation('seals')
  const form = useForm<Corridor>({ initial: emptyCorridor, validate: issuesOf })
  const [tool, setTool] = useState<Tool>('line')
  const place = (at: LonLat): void => {
    const now = form.value
    const exact = { lon: Math.round(at.lon * 1e5) / 1e5, lat: Math.round(at.lat * 1e5) / 1e5 }
    const changed =
      tool === 'line'
        ? withLine(now, [...now.line, exact])
        : tool === 'checkpoint'
          ? withCheckpoint(now, exact, t('corridors.checkpointName', { number: now.checkpoints.length + 1 }))
          : withStop(now, exact, t('corridors.stopName', { number: now.stops.length + 1 }))
    form.set('', changed)
  }
  return { form, tool, setTool, place, setLine: (line: LonLat[]) => form.set('', withLine(form.value, line)) }
}

const Drawing = ({ draft, corridors }: { draft: ReturnType<typeof useDraft>; corridors: readonly Corridor[] }) => {
  const { t } = useTranslation('seals')
  const ground = useGround()
  const offices = useOfficePoints()
  const { scheme, style } = useDarkRoom()
  const [engine, setEngine] = useState<MapEngine | null>(null)
  const { value } = draft.form
  const others = useMemo(() => corridors.filter((c) => c.id !== value.id), [corridors, value.id])
  useEffect(() => engine?.set('draft', drawn(value)), [engine, value])
  if (!ground) return <Loading />
  return (
    <div className={css.map} style={style}>
      <MapView
        label={t('corridors.map')}
        scheme={scheme}
        ground={ground}
        corridors={others}
        offices={offices}
        seals={noSeals}
        onReady={setEngine}
        onGround={draft.place}
      />
    </div>
  )
}

const LineTools = ({ draft }: { draft: ReturnType<typeof useDraft> }) => {
  const { t, i18n } = useTranslation('seals')
  const { form, tool, setTool, place, setLine } = draft
  const { line } = form.value
  return (
    <Stack>
      <Choice
        inline
        label={t('corridors.draw')}
        options={tools.map((value) => ({ value, label: t(`corridors.drawing.${value}`) }))}
        value={tool}
        onChange={(value) => setTool(tools.find((one) => one === value) ?? 'line')}
      />
      <p className={css.acts}>
        <span>{t('corridors.length', { km: formatCount(Math.round(lengthOf(line) / 1000), i18n.language), count: line.length })}</span>
        <Button size="sm" icon="undo" disabled={line.length === 0} onClick={() => setLine(line.slice(0, -1))}>
          {t('corridors.undo')}
        </Button>
        <Button size="sm" disabled={line.length === 0} onClick={() => setLine([])}>
          {t('corridors.clear')}
        </Button>
      </p>
      <ByHand onAdd={place} />
    </Stack>
  )
}

const CorridorsPage = () => {
  const { t } = useTranslation('seals')
  const corridors = useCorridors()
  const draft = useDraft()
  const { form } = draft
  const keep = useCommand<Corridor, { id: string }>({ path: '/api/supervision/corridors', refresh: [corridorsKey] })
  useUnsavedGuard(form.dirty)
  const submit = async (corridor: Corridor) => {
    const reply = await keep.run({ ...corridor, id: corridor.id || codeOf(corridor.name) })
    if (!reply.ok) return reply
    toast(t('corridors.saved'), { tone: 'ok' })
    form.reset({ ...corridor, id: reply.value.id })
    return reply
  }
  return (
    <Page title={t('corridors.title')}>
      <div className={css.editor}>
        <Drawing draft={draft} corridors={corridors} />
        <Form
          form={form}
          onSubmit={submit}
          actions={
            <Button kind="primary" type="submit" pending={keep.pending}>
              {t('corridors.save')}
            </Button>
          }
        >
          <Select
            label={t('corridors.choose')}
            options={[{ value: '', label: t('corridors.new') }, ...corridors.map((c) => ({ value: c.id, label: c.name }))]}
            value={form.value.id}
            onChange={(id) => form.reset(corridors.find((c) => c.id === id) ?? emptyCorridor)}
          />
          <p className="muted">{t('corridors.text')}</p>
          <TextField path="/name" label={t('corridors.name')} width="full" maxLength={200} />
          <FieldRow>
            <DecimalField
              label={t('corridors.halfWidth')}
              value={String(form.value.halfWidthM)}
              onChange={(metres) => form.set('/halfWidthM', Number(metres ?? 500))}
            />
            <DecimalField
              label={t('corridors.limit')}
              value={form.value.limitKph === null ? undefined : String(form.value.limitKph)}
              onChange={(kph) => form.set('/limitKph', kph === undefined ? null : Number(kph))}
            />
          </FieldRow>
          <LineTools draft={draft} />
          <Places form={form} of="checkpoints" />
          <Places form={form} of="stops" />
        </Form>
      </div>
    </Page>
  )
}
export default CorridorsPage
