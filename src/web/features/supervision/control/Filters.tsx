/** What the map shows, how fresh it is, and how loud; a filter may hide vehicles and never one with an open alarm. */
import { useTranslation } from 'react-i18next'
import { tripStatuses, type Corridor } from '#schema/supervision'
import { formatRelative } from '../../../i18n/format.ts'
import type { SealFilter } from '../../../map/seals.ts'
import { Button } from '../../../ui/Button.tsx'
import { useNow } from '../../../ui/use-now.ts'
import type { LiveSet } from './use-live-seals.ts'
import type { SoundState } from './sound.ts'
import css from './control.module.css'

const shownStatuses = tripStatuses.filter((s) => !['planned', 'discharged', 'cancelled'].includes(s))

const Freshness = ({ live }: { live: LiveSet }) => {
  const { t, i18n } = useTranslation('control')
  const now = useNow(live.at ? Date.now() - Date.parse(live.at) : 0)
  if (!live.at) return null
  const when = formatRelative(live.at, now, i18n.language)
  return (
    <span className={live.failed ? css.lost : 'muted'} role={live.failed ? 'alert' : undefined}>
      {t(live.failed ? 'lost' : 'age', { when })}
    </span>
  )
}

export const SoundButton = ({ sound }: { sound: { state: SoundState; toggle: () => void } }) => {
  const { t } = useTranslation('control')
  return (
    <Button size="sm" icon="bell" aria-pressed={sound.state === 'on'} data-sound={sound.state} onClick={sound.toggle}>
      {t(`sound.${sound.state}`)}
    </Button>
  )
}

type FiltersProps = {
  filter: SealFilter
  change: (filter: SealFilter) => void
  corridors: readonly Corridor[]
  live: LiveSet
  hidden: number
}

export const Filters = ({ filter, change, corridors, live, hidden }: FiltersProps) => {
  const { t } = useTranslation(['control', 'supervision'])
  const set = (part: Partial<SealFilter>): void => change({ ...filter, ...part })
  return (
    <form className={css.filters} role="search" aria-label={t('filters')} onSubmit={(event) => event.preventDefault()}>
      <input
        type="search"
        placeholder={t('search')}
        aria-label={t('search')}
        value={filter.text}
        onChange={(event) => set({ text: event.target.value })}
      />
      <select aria-label={t('status')} value={filter.status ?? ''} onChange={(event) => set({ status: event.target.value || null })}>
        <option value="">{t('anyStatus')}</option>
        {shownStatuses.map((status) => (
          <option key={status} value={status}>
            {t(`supervision:status.${status}`)}
          </option>
        ))}
      </select>
      <select aria-label={t('corridor')} value={filter.corridorId ?? ''} onChange={(event) => set({ corridorId: event.target.value || null })}>
        <option value="">{t('anyCorridor')}</option>
        {corridors.map((c) => (
          <option key={c.id} value={c.id}>
            {c.name}
          </option>
        ))}
      </select>
      <label className={css.check}>
        <input type="checkbox" checked={filter.onTrip} onChange={(event) => set({ onTrip: event.target.checked })} /> {t('onTrip')}
      </label>
      <span className={css.said} role="status">
        {hidden > 0 ? t('hiding', { count: hidden }) : ''}
      </span>
      <Freshness live={live} />
    </form>
  )
}
