/** The control room: every seal on the map or in the table behind it, the desk of alarms beside, replays below. */
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MapGround } from '#schema/supervision'
import { MapView } from '../../../map/MapView.tsx'
import type { Pointed as PointedAt } from '../../../map/engine.ts'
import { Button } from '../../../ui/Button.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { Loading, Note } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { AlarmDesk } from './AlarmDesk.tsx'
import { useDarkRoom } from './dark-room.ts'
import { useGround } from './facts.ts'
import { Filters, SoundButton } from './Filters.tsx'
import { GatheredList } from './GatheredList.tsx'
import { ReplayBar } from './ReplayBar.tsx'
import { ChosenSeal, HoverCard, type Pointed } from './SealFacts.tsx'
import { SealTable } from './SealTable.tsx'
import { useSound } from './sound.ts'
import { noTrips, placeOfAlarm, type Room, useControlRoom } from './use-control-room.ts'
import css from './control.module.css'

const useRoomKeys = (room: Room, toggleSound: () => void): void => {
  const { t } = useTranslation('control')
  const next = useRef(0)
  const goOn = (): void => {
    const placed = room.alarms.filter((a) => placeOfAlarm(a, room.live) !== null)
    const alarm = placed[next.current++ % Math.max(1, placed.length)]
    const place = alarm && placeOfAlarm(alarm, room.live)
    if (place) room.goTo(place)
  }
  useKeys(
    [
      { keys: 't', label: t('key.table'), run: () => room.setAsTable(!room.asTable) },
      { keys: 'h', label: t('key.all'), run: room.showAll },
      { keys: 'n', label: t('key.next'), run: goOn },
      { keys: 's', label: t('key.sound'), run: toggleSound },
    ],
    { group: t('keys') },
  )
}

const MapPlace = ({ room, ground, scheme }: { room: Room; ground: MapGround; scheme: 'dark' | 'light' }) => {
  const { t } = useTranslation('control')
  const place = useRef<HTMLDivElement>(null)
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const { live, gathered } = room
  const onPoint = (at: PointedAt | null): void => {
    const seal = at ? live.byId.get(at.id) : undefined
    const box = place.current?.getBoundingClientRect()
    setPointed(at && seal && box ? { seal, x: at.x, y: at.y, right: at.x > box.width / 2, low: at.y > box.height / 2 } : null)
  }
  return (
    <div ref={place} className={css.mapPlace} hidden={room.asTable}>
      <MapView
        label={t('mapLabel')}
        scheme={scheme}
        ground={ground}
        corridors={room.corridors}
        offices={room.offices}
        seals={room.shown}
        onReady={room.setEngine}
        onFault={() => {
          room.setBroken(true)
          room.setAsTable(true)
        }}
        onPoint={onPoint}
        onSeal={(id) => {
          if (live.byId.has(id)) room.setChosen(id)
        }}
        onCluster={room.setGathered}
        onView={room.setView}
      />
      {pointed && <HoverCard pointed={pointed} />}
      {gathered && (
        <GatheredList
          seals={gathered.ids.flatMap((id) => live.byId.get(id) ?? [])}
          count={gathered.count}
          onChoose={room.choose}
          onZoom={() => {
            room.goTo(gathered.at)
            room.setGathered(null)
          }}
          onReplay={(ids) => {
            room.setTripIds(ids)
            room.setGathered(null)
          }}
          onClose={() => room.setGathered(null)}
        />
      )}
    </div>
  )
}

const Actions = ({ room, sound }: { room: Room; sound: ReturnType<typeof useSound> }) => {
  const { t } = useTranslation('control')
  const trips = room.shown.flatMap((s) => (s.trip && (room.filter.corridorId !== null || room.filter.text !== '') ? [s.trip.id] : [])).slice(0, 30)
  return (
    <>
      {trips.length > 0 && (
        <Button size="sm" icon="history" onClick={() => room.setTripIds(trips)}>
          {t('replay.group')}
        </Button>
      )}
      <Button size="sm" onClick={room.showAll} disabled={room.asTable}>
        {t('wholeCountry')}
      </Button>
      <Button size="sm" icon={room.asTable ? 'map' : 'list'} disabled={room.broken} onClick={() => room.setAsTable(!room.asTable)}>
        {t(room.asTable ? 'asMap' : 'asTable')}
      </Button>
      <SoundButton sound={sound} />
      <Button size="sm" icon="system" to="/supervision/wall">
        {t('wall')}
      </Button>
    </>
  )
}

const MapPage = () => {
  const { t } = useTranslation('control')
  const room = useControlRoom()
  const sound = useSound()
  const ground = useGround()
  const { scheme, style } = useDarkRoom()
  useRoomKeys(room, sound.toggle)
  const { live, replay, alarms } = room
  const chosen = room.chosen === null ? undefined : live.byId.get(room.chosen)
  return (
    <Page title={t('title')} fill>
      <div className={css.room} style={style}>
        <div className={css.bar}>
          <Filters filter={room.filter} change={room.setFilter} corridors={room.corridors} live={live} hidden={room.all.length - room.shown.length} />
          <div className={css.acts}>
            <Actions room={room} sound={sound} />
          </div>
        </div>
        <div className={css.stage}>
          {room.broken && <Note tone="warning">{t('noMap')}</Note>}
          {ground ? <MapPlace room={room} ground={ground} scheme={scheme} /> : <Loading />}
          {room.asTable && <SealTable seals={room.shown} onShow={room.choose} />}
        </div>
        <aside className={css.side} aria-label={t('desk')}>
          {chosen && <ChosenSeal seal={chosen} onReplay={(id) => room.setTripIds([id])} onClose={() => room.setChosen(null)} />}
          <AlarmDesk
            alarms={alarms}
            placeOf={(alarm) => placeOfAlarm(alarm, live)}
            onGo={(alarm) => {
              const place = placeOfAlarm(alarm, live)
              if (place) room.goTo(place)
            }}
          />
        </aside>
        {replay.tripIds.length > 0 && (
          <ReplayBar replay={replay} alarms={alarms.filter((a) => replay.tripIds.includes(a.tripId))} onEnd={() => room.setTripIds(noTrips)} />
        )}
      </div>
    </Page>
  )
}
export default MapPage
