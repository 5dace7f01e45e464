/** Who can be sent to a case, who was, and how far they are. */
import { useTranslation } from 'react-i18next'
import type { Dispatch, Incident, NearUnit } from '#schema/supervision'
import { useCan } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { formatCount } from '../../i18n/format.ts'
import { StatusBadge, type Tone } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Section } from '../../ui/Layout.tsx'
import { toast } from '../../ui/toast.tsx'
import { Instant } from '../../ui/Values.tsx'
import { incidentKey, incidentsPath, useUnits } from './incidents.ts'
import css from './supervision.module.css'

const kilometres = (metres: number, language: string): string => formatCount(Math.round(metres / 1000), language)
const mostShown = 5

export const Units = ({ incident }: { incident: Incident }) => {
  const { t, i18n } = useTranslation('incident')
  const may = useCan()('supervision:incident:lead') && incident.status === 'open'
  const sent = new Set(incident.dispatches.filter(({ state }) => state !== 'closed').map(({ unitId }) => unitId))
  const units = useUnits(incident.id)?.filter(({ id }) => !sent.has(id))
  const send = useCommand<NearUnit, Incident>({
    path: `${incidentsPath}/${incident.id}/dispatches`,
    body: ({ id }) => ({ unitId: id }),
    refresh: [incidentKey(incident.id)],
    onDone: (_, { name }) => toast(t('units.sent', { unit: name }), { tone: 'ok' }),
  })
  return (
    <Section title={t('units.title')}>
      {units?.length === 0 && <p className="muted">{t(sent.size > 0 ? 'units.allSent' : 'units.none')}</p>}
      <ul className={css.alarms}>
        {units?.slice(0, mostShown).map((unit) => (
          <li key={unit.id} className={css.alarm}>
            <StatusBadge tone={unit.busy || !unit.onDuty ? 'neutral' : 'ok'}>
              {t(unit.busy ? 'units.busy' : unit.onDuty ? 'units.free' : 'units.off')}
            </StatusBadge>
            <strong>
              <bdi>{unit.name}</bdi>
            </strong>
            <span>{t('units.away', { km: kilometres(unit.roadM, i18n.language), minutes: formatCount(unit.etaMin, i18n.language) })}</span>
            <bdi className="mono muted">{unit.phone}</bdi>
            {may && !unit.busy && unit.onDuty && (
              <span className={css.acts}>
                <Button size="sm" pending={send.pending} onClick={() => void send.run(unit)}>
                  {t('units.send')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {send.problem && <ProblemNote problem={send.problem} />}
    </Section>
  )
}

const tones: Readonly<Record<Dispatch['state'], Tone>> = { dispatched: 'warning', accepted: 'info', onScene: 'accent', closed: 'ok' }
const nextOf = { dispatched: ['accepted'], accepted: ['onScene'], onScene: ['closed'], closed: [] } as const satisfies Record<
  Dispatch['state'],
  readonly Dispatch['state'][]
>

export const Dispatches = ({ incident }: { incident: Incident }) => {
  const { t, i18n } = useTranslation('incident')
  const may = useCan()('supervision:incident:work') && incident.status === 'open'
  const progress = useCommand<{ unitId: string; state: Dispatch['state'] }, Incident>({
    path: `${incidentsPath}/${incident.id}/progress`,
    refresh: [incidentKey(incident.id)],
  })
  return (
    <Section title={t('dispatch.title')} count={incident.dispatches.length}>
      {incident.dispatches.length === 0 && <p className="muted">{t('dispatch.none')}</p>}
      <ul className={css.alarms}>
        {incident.dispatches.map((d) => (
          <li key={`${d.unitId}${d.at}`} className={css.alarm}>
            <StatusBadge tone={tones[d.state]}>{t(`dispatch.state.${d.state}`)}</StatusBadge>
            <strong>
              <bdi>{d.unitName}</bdi>
            </strong>
            <span className="muted">
              {t('dispatch.expected', { minutes: formatCount(d.etaMin, i18n.language), km: kilometres(d.roadM, i18n.language) })}
            </span>
            <Instant at={d.closedAt ?? d.onSceneAt ?? d.acceptedAt ?? d.at} />
            {may && (
              <span className={css.acts}>
                {nextOf[d.state].map((state) => (
                  <Button key={state} size="sm" pending={progress.pending} onClick={() => void progress.run({ unitId: d.unitId, state })}>
                    {t(`dispatch.${state}`)}
                  </Button>
                ))}
              </span>
            )}
          </li>
        ))}
      </ul>
      {progress.problem && <ProblemNote problem={progress.problem} />}
    </Section>
  )
}
