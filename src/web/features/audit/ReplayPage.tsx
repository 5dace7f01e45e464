/** A declaration's decisions taken again from their stored facts: alike or not. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { Replay } from '#schema/clearance'
import { get, problemOf } from '../../app/api.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Loading, Note, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Instant } from '../../ui/Values.tsx'
import { AuditLinks } from './words.tsx'
import css from './audit.module.css'

const ReplayPage = () => {
  const { t } = useTranslation('audit')
  const [search, setSearch] = useSearchParams()
  const mrn = search.get('mrn') ?? ''
  const [typed, setTyped] = useState(mrn)
  const found = useQuery({
    queryKey: ['audit', 'replay', mrn],
    queryFn: ({ signal }) => get<Replay>(`/api/declarations/${mrn}/replay`, {}, { signal }),
    enabled: mrn !== '',
    retry: false,
    gcTime: 0,
  })
  const problem = problemOf(found.error)
  return (
    <Page title={t('tabs.replay')} crumbs={[{ label: t('title'), to: '/audit' }]} lead={<AuditLinks />}>
      <Section title={t('replay.title')}>
        <Stack>
          <p>{t('replay.text')}</p>
          <form
            className={css.find}
            onSubmit={(event) => {
              event.preventDefault()
              if (typed.trim() === mrn) void found.refetch()
              else setSearch({ mrn: typed.trim() })
            }}
          >
            <TextField label={t('replay.mrn')} mono upper maxLength={18} value={typed} onChange={(text) => setTyped(text ?? '')} />
            <Button kind="primary" type="submit" disabled={typed.trim() === ''} pending={found.isFetching}>
              {t('replay.run')}
            </Button>
          </form>
          {found.isLoading && <Loading />}
          {problem && <ProblemNote problem={problem} />}
          {found.data && <Replayed replay={found.data} />}
        </Stack>
      </Section>
    </Page>
  )
}
export default ReplayPage

const Replayed = ({ replay }: { replay: Replay }) => {
  const { t } = useTranslation('audit')
  const different = replay.decisions.filter((decision) => !decision.alike).length
  return (
    <Stack>
      <Note
        tone={different === 0 && replay.row ? 'ok' : 'danger'}
        live
        title={different === 0 ? t('replay.alike', { count: replay.decisions.length }) : t('replay.differs', { count: different })}
      >
        {replay.row ? t('replay.rowAlike') : t('replay.rowDiffers')}
      </Note>
      <div className={css.scroll}>
        <table className={css.table}>
          <caption className="visually-hidden">{t('replay.title')}</caption>
          <thead>
            <tr>
              <th scope="col" data-number>
                {t('replay.step')}
              </th>
              <th scope="col">{t('replay.command')}</th>
              <th scope="col">{t('replay.by')}</th>
              <th scope="col">{t('replay.at')}</th>
              <th scope="col">{t('replay.result')}</th>
            </tr>
          </thead>
          <tbody>
            {replay.decisions.map((decision) => (
              <tr key={decision.version}>
                <td data-number>{decision.version}</td>
                <td className="mono">{decision.command}</td>
                <td>{decision.by}</td>
                <td>
                  <Instant at={decision.at} />
                </td>
                <td>
                  <StatusBadge tone={decision.alike ? 'ok' : 'danger'}>{decision.alike ? t('replay.yes') : t('replay.no')}</StatusBadge>
                  {decision.differences.map((difference) => (
                    <p key={difference}>{difference}</p>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Stack>
  )
}
