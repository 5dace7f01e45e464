/** Readers: how well each sees, how fast, how it develops, who needs a refresher, and who rests. One column at a time. */
import { problemIn } from '../../app/api.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { items, teams, type PersonFigures } from '#schema/inspection'
import { useCan } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { formatDecimal, formatPercent } from '../../i18n/format.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Checkbox, Select } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Empty, Loading, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { toast } from '../../ui/toast.tsx'
import { Instant } from '../../ui/Values.tsx'
import { figuresKey, useFreshRoom, useReaders } from './centre-data.ts'
import { ColumnChoice, RateCell, useColumn } from './centre-words.tsx'
import css from './centre.module.css'

const trendTone = { better: 'ok', worse: 'danger', steady: 'neutral' } as const

const Now = ({ reader }: { reader: PersonFigures }) => {
  const { t } = useTranslation('centre')
  if (reader.restUntil !== null && Date.parse(reader.restUntil) > Date.now())
    return (
      <span>
        {t('person.resting')} <Instant at={reader.restUntil} form="time" />
      </span>
    )
  if (reader.viewingSince === null) return <span className="muted">{t('person.away')}</span>
  return (
    <span>
      {t('person.viewing')} <Instant at={reader.viewingSince} form="relative" />
    </span>
  )
}

const ReaderRow = ({ reader, onEdit }: { reader: PersonFigures; onEdit: (() => void) | null }) => {
  const { t, i18n } = useTranslation('centre')
  const f = reader.figures
  const number = (value: number | null | undefined, digits: number): string =>
    value === null || value === undefined ? '–' : formatDecimal(value.toFixed(digits), i18n.language)
  return (
    <tr>
      <th scope="row">
        <span className={css.who}>
          <bdi>{reader.name}</bdi>
          <small>{`${t(`person.teams.${reader.team}`)} · ${reader.items.map((item) => t(`items.${item}`)).join(', ')}`}</small>
          {reader.simulated && <StatusBadge tone="warning">{t('person.generated')}</StatusBadge>}
          {onEdit && (
            <Button size="sm" kind="quiet" icon="edit" onClick={onEdit}>
              {t('person.edit')}
            </Button>
          )}
        </span>
      </th>
      <td>
        <RateCell rate={f?.detection ?? null} />
      </td>
      <td>
        <RateCell rate={f?.falseAlarm ?? null} />
      </td>
      <td className="number">{number(f?.dPrime, 2)}</td>
      <td className="number">{number(f?.criterion, 2)}</td>
      <td className="number">{f ? t('boards.secondsValue', { seconds: number(f.medianMs / 1000, 1) }) : '–'}</td>
      <td>{reader.trend ? <StatusBadge tone={trendTone[reader.trend]}>{t(`person.trends.${reader.trend}`)}</StatusBadge> : '–'}</td>
      <td>
        {reader.refresherDue ? (
          <span title={t('person.standard', { standard: formatPercent(reader.standard, i18n.language) })}>
            <StatusBadge tone="danger">{t('person.refresherDue')}</StatusBadge>
          </span>
        ) : (
          <span className="muted">{t('person.refresherFine')}</span>
        )}
      </td>
      <td>
        <Now reader={reader} />
      </td>
    </tr>
  )
}

const Edit = ({ reader, onClose }: { reader: PersonFigures; onClose: () => void }) => {
  const { t } = useTranslation(['centre', 'common'])
  const [profile, setProfile] = useState({ team: reader.team, items: reader.items })
  const command = useCommand({
    path: '/api/inspection/readers',
    body: () => ({ personId: reader.personId, name: reader.name, simulated: reader.simulated, ...profile }),
    refresh: [figuresKey],
    onDone: () => {
      toast(t('person.saved'), { tone: 'ok' })
      onClose()
    },
  })
  return (
    <Dialog
      open
      title={reader.name}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" pending={command.pending} onClick={() => void command.run()}>
            {t('person.save')}
          </Button>
        </>
      }
    >
      <Stack>
        <Select
          label={t('person.team')}
          options={teams.map((value) => ({ value, label: t(`person.teams.${value}`) }))}
          value={profile.team}
          onChange={(value) => setProfile({ ...profile, team: teams.find((team) => team === value) ?? profile.team })}
        />
        <fieldset className={css.group}>
          <legend>{t('person.trained')}</legend>
          {items.map((item) => (
            <Checkbox
              key={item}
              label={t(`items.${item}`)}
              value={profile.items.includes(item)}
              onChange={(ticked) => setProfile({ ...profile, items: items.filter((one) => (one === item ? ticked : profile.items.includes(one))) })}
            />
          ))}
        </fieldset>
        {command.problem && <ProblemNote problem={command.problem} />}
      </Stack>
    </Dialog>
  )
}

const heads = [
  'boards.detection',
  'boards.falseAlarm',
  'boards.dPrime',
  'boards.criterion',
  'boards.seconds',
  'person.trend',
  'person.refresher',
  'person.now',
] as const

const ReadersPage = () => {
  const { t } = useTranslation('centre')
  const can = useCan()
  const [column, setColumn] = useColumn()
  const [editing, setEditing] = useState<PersonFigures | null>(null)
  const found = useReaders(column)
  useFreshRoom(figuresKey)
  return (
    <Page title={t('readers')}>
      <Stack>
        <ColumnChoice column={column} onChange={setColumn} />
        {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
        {found.isPending && <Loading />}
        {found.data?.length === 0 && <Empty title={t('person.none')} />}
        {found.data && found.data.length > 0 && (
          <div className={css.sheet} tabIndex={0} role="region" aria-label={t('readers')}>
            <table className={css.table}>
              <caption>{t(`column.${column}`)}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('person.name')}</th>
                  {heads.map((head) => (
                    <th key={head} scope="col">
                      {t(head)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {found.data.map((reader) => (
                  <ReaderRow key={reader.personId} reader={reader} onEdit={can('inspection:reader:manage') ? () => setEditing(reader) : null} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Stack>
      {editing && <Edit reader={editing} onClose={() => setEditing(null)} />}
    </Page>
  )
}
export default ReadersPage
