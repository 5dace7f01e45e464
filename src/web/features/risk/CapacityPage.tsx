/** Offices by day: what rates and minutes allow, what selection has used of them, what it gave up; and changes that wait for a second person. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { chanceShares, type CapacityBoard, type OfficeDay, type RiskProposal, type Setting } from '#schema/risk'
import { get, problemIn } from '../../app/api.ts'
import { useCan } from '../../app/session.ts'
import { formatCount, formatPercent } from '../../i18n/format.ts'
import { Button } from '../../ui/Button.tsx'
import { DateField } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Empty, Loading, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Proposals } from './Proposals.tsx'
import { settingFields, valueOf, type SettingField } from './setting-draft.ts'
import { SettingDialog, type Place } from './SettingDialog.tsx'
import { useFreshCapacity } from './use-fresh-capacity.ts'
import css from './risk.module.css'

const useWords = () => {
  const { t, i18n } = useTranslation(['risk', 'common'])
  return { t, count: (n: number): string => formatCount(n, i18n.language), percent: (x: number): string => formatPercent(x, i18n.language) }
}

/** Used of what there is, as a bar with its figures: full is full, whatever the colour. */
const Minutes = ({ day }: { day: OfficeDay }) => {
  const { t, count } = useWords()
  const { capacityMinutes } = day.setting
  if (capacityMinutes === null) return <span className={css.line}>{t('capacity.unlimited', { used: count(day.usedMinutes) })}</span>
  const share = capacityMinutes === 0 ? 1 : Math.min(1, day.usedMinutes / capacityMinutes)
  return (
    <div className={css.minutes}>
      <span className={css.line}>{t('capacity.usedOf', { used: count(day.usedMinutes), of: count(capacityMinutes) })}</span>
      <span className={css.bar} data-scarce={share > 0.8 || undefined} aria-hidden="true">
        <span style={{ inlineSize: `${share * 100}%` }} />
      </span>
    </div>
  )
}

const Remaining = ({ day }: { day: OfficeDay }) => {
  const { t, count } = useWords()
  const { remainingMinutes: left, setting: s } = day
  if (left === null) return <>–</>
  return (
    <div className={css.told}>
      <span className={css.line}>
        {count(left)} {t('capacity.minutes')}
      </span>
      <p className="muted">
        {t('capacity.fits', { physical: count(Math.floor(left / s.physicalMinutes)), documentary: count(Math.floor(left / s.documentaryMinutes)) })}
      </p>
    </div>
  )
}

/** A lane: how many, of how many that were expected by the rate so far, and the minutes they take. */
const LaneDay = ({ day, lane }: { day: OfficeDay; lane: 'red' | 'yellow' | 'blue' }) => {
  const { t, count, percent } = useWords()
  const { selected, minutes } = day[lane]
  const share = day.registered === 0 ? 0 : selected / day.registered
  return (
    <div className={css.told}>
      <span className={css.line}>
        <strong>{count(selected)}</strong> {day.registered > 0 && percent(share)}
      </span>
      <p className="muted">
        {t('capacity.expected', { percent: percent(day.setting.expectedRate[lane]) })}
        {minutes > 0 && `, ${count(minutes)} ${t('capacity.minutes')}`}
      </p>
    </div>
  )
}

const Chance = ({ day }: { day: OfficeDay }) => {
  const { t, count, percent } = useWords()
  const { red, yellow } = chanceShares(day.setting)
  return (
    <div className={css.told}>
      <span className={css.line}>{percent(red + yellow)}</span>
      {day.random !== null && day.filled !== null && (
        <p className="muted">{t('capacity.drawn', { random: count(day.random), filled: count(day.filled) })}</p>
      )}
    </div>
  )
}

const Offices = ({ board, onPropose }: { board: CapacityBoard; onPropose: ((place: Place) => void) | null }) => {
  const { t, count } = useWords()
  const numeric = { end: true }
  return (
    <PlainTable
      caption={t('capacity.title')}
      head={[
        { text: t('office') },
        { text: t('registered'), ...numeric },
        { text: t('common:lane.red'), ...numeric },
        { text: t('common:lane.yellow'), ...numeric },
        { text: t('common:lane.blue'), ...numeric },
        { text: t('capacity.chance'), ...numeric },
        { text: t('capacity.used'), ...numeric },
        { text: t('capacity.left'), ...numeric },
        { text: t('capacity.demoted'), ...numeric },
        ...(onPropose ? [{ text: t('capacity.change') }] : []),
      ]}
      rows={board.offices.map((day) => [
        {
          text: (
            <div className={css.told}>
              {day.name}
              <p className="muted">
                <bdi>{day.office}</bdi>
                {day.setting.office === '' && `, ${t('capacity.asCountry')}`}
              </p>
            </div>
          ),
        },
        { text: count(day.registered), ...numeric },
        ...(['red', 'yellow', 'blue'] as const).map((lane) => ({ text: <LaneDay day={day} lane={lane} />, ...numeric })),
        { text: <Chance day={day} />, ...numeric },
        { text: <Minutes day={day} />, ...numeric },
        { text: <Remaining day={day} />, ...numeric },
        {
          text: day.demoted.selected === 0 ? '0' : t('capacity.demotedOf', { count: day.demoted.selected, minutes: count(day.demoted.minutes) }),
          ...numeric,
        },
        ...(onPropose
          ? [
              {
                text: (
                  <Button
                    size="sm"
                    icon="edit"
                    aria-label={t('setting.title', { place: day.name })}
                    onClick={() => onPropose({ setting: day.setting, office: day.office, name: day.name, national: board.national })}
                  >
                    {t('capacity.propose')}
                  </Button>
                ),
              },
            ]
          : []),
      ])}
    />
  )
}

/** What a proposal would change of what holds there, field by field. */
const Change = ({ proposal, board }: { proposal: RiskProposal; board: CapacityBoard }) => {
  const { t, count, percent } = useWords()
  const next = proposal.content as Setting
  const office = board.offices.find((o) => o.office === next.office)
  const now = office?.setting ?? board.national
  const shown = (field: SettingField, value: number | null): string => {
    if (value === null) return t('capacity.noLimit')
    return field.endsWith('Minutes') || field === 'trustedFactor' ? count(value) : percent(value)
  }
  return (
    <>
      <strong>{office?.name ?? (next.office || t('capacity.country'))}</strong>
      <ul className={css.changes}>
        {settingFields
          .filter((f) => now === null || valueOf(now, f) !== valueOf(next, f))
          .map((f) => (
            <li key={f}>
              {t(`setting.${f}`)}: {now && <del>{shown(f, valueOf(now, f))}</del>} <ins>{shown(f, valueOf(next, f))}</ins>
            </li>
          ))}
      </ul>
    </>
  )
}

const CapacityPage = () => {
  const { t } = useTranslation('risk')
  const can = useCan()
  const [address, setAddress] = useSearchParams()
  const [place, setPlace] = useState<Place | null>(null)
  const date = address.get('date') ?? undefined
  const found = useQuery({
    queryKey: ['risk', 'capacity', date],
    queryFn: ({ signal }) => get<CapacityBoard>('/api/risk/capacity', { date }, { signal }),
  })
  useFreshCapacity()
  const problem = found.error ? problemIn(found.error) : null
  const board = found.data
  return (
    <Page title={t('capacity.title')} lead={<p className="muted">{t('capacity.lead')}</p>}>
      <Stack>
        {problem && <ProblemNote problem={problem} />}
        {!board && !problem && <Loading />}
        {board && (
          <>
            <Proposals rows={board.waiting} content={(proposal) => <Change proposal={proposal} board={board} />} />
            <Section
              title={t('capacity.offices')}
              count={board.offices.length}
              flush={board.offices.length > 0}
              actions={<DateField label={t('capacity.day')} value={date ?? board.date} onChange={(day) => setAddress(day ? { date: day } : {})} />}
            >
              {board.offices.length === 0 ? (
                <Empty title={t('capacity.none')} />
              ) : (
                <Offices board={board} onPropose={can('risk:capacity:propose') ? setPlace : null} />
              )}
            </Section>
          </>
        )}
      </Stack>
      {place && <SettingDialog place={place} onClose={() => setPlace(null)} />}
    </Page>
  )
}
export default CapacityPage
