/** One profile: what it says, what it did on history, how its versions differ, and what may be decided about it now. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import type { ProfileCommandName, ProfileVersion, VersionsDiff } from '#schema/risk'
import { profileTransitions } from '#schema/risk'
import { get, problemIn } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { formatInstant, formatPercent } from '../../i18n/format.ts'
import { LaneBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { DecisionBar, type Decision } from '../../ui/DecisionBar.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Columns, KeyValue, Loading, Note, Section, Summary, SummaryFact } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { toast } from '../../ui/toast.tsx'
import { Id, Instant } from '../../ui/Values.tsx'
import { BacktestSection } from './BacktestSection.tsx'
import { Numbered } from './ProfileText.tsx'
import type { ProfileView } from './view.ts'
import { ProfileStatusBadge, Validity } from './words.tsx'
import css from './risk.module.css'

/** What people decide; the rest of the table is the system's. */
type Asked = Exclude<ProfileCommandName, 'note-backtest' | 'expire' | 'supersede'>
const safe: readonly Asked[] = ['check', 'submit', 'approve', 'activate', 'ratify', 'resume']
const isAsked = (name: ProfileCommandName): name is Asked => !['note-backtest', 'expire', 'supersede'].includes(name)

const useDecisions = (version: ProfileVersion, allowed: readonly ProfileCommandName[]): readonly Decision[] => {
  const { t } = useTranslation('risk')
  const decide = useCommand<{ name: Asked; reason: string }, ProfileVersion>({
    path: ({ name }) => `/api/risk/profiles/${version.code}/versions/${version.number}/${name}`,
    body: ({ name, reason }) => (profileTransitions[version.status][name]?.reason ? { reason } : {}),
    refresh: [['risk', 'profile', version.code], ['list']],
    onDone: (_, { name }) => toast(t(`done.${name}`), { tone: 'ok' }),
  })
  return allowed.filter(isAsked).map((name): Decision => ({
    id: name,
    label: t(`command.${name}`),
    kind: name === 'archive' || name === 'suspend' || name === 'activate-emergency' ? 'danger' : safe.includes(name) ? 'primary' : 'safe',
    consequences: t(`consequence.${name}`),
    ...(profileTransitions[version.status][name]?.reason && { grounds: 'required' as const }),
    run: (reason) => decide.run({ name, reason }),
  }))
}

const Facts = ({ version: { content: c, ...v } }: { version: ProfileVersion }) => {
  const { t, i18n } = useTranslation('risk')
  return (
    <KeyValue
      columns={2}
      items={[
        { label: t('control'), value: t(`controlKind.${c.control}`) },
        { label: t('percent'), value: formatPercent(c.percent / 100, i18n.language) },
        ...(c.maxRun === null ? [] : [{ label: t('maxRun'), value: c.maxRun }]),
        { label: t('validity'), value: <Validity from={c.validFrom} to={c.validTo} /> },
        { label: t('secrecy'), value: t(`secrecyKind.${c.secrecy}`) },
        { label: t('author'), value: v.author.name },
        { label: t('owner'), value: c.owner.name },
        ...(v.approver ? [{ label: t('approver'), value: v.approver.name }] : []),
        ...(c.mandatory ? [{ id: 'mandatory', label: t('profile'), value: t('mandatory'), wide: true }] : []),
        { label: t('instruction'), value: c.instruction || '–', wide: true },
        ...(c.note ? [{ label: t('note'), value: c.note, wide: true }] : []),
        ...(v.remark ? [{ label: t('remark'), value: v.remark, wide: true }] : []),
      ]}
    />
  )
}

const Difference = ({ code, from, to }: { code: string; from: number; to: number }) => {
  const { t } = useTranslation('risk')
  const { data } = useQuery({
    queryKey: ['risk', 'profile', code, 'diff', from, to],
    queryFn: ({ signal }) => get<VersionsDiff>(`/api/risk/profiles/${code}/diff`, { from, to }, { signal }),
  })
  return (
    <Section title={t('compare', { number: from })} collapsible>
      {!data && <Loading />}
      {data?.sameMeaning && <p className="muted">{t('sameMeaning')}</p>}
      <div className={css.lines}>
        {data?.lines.map((line, i) => {
          const Tag = line.kind === 'added' ? 'ins' : line.kind === 'removed' ? 'del' : 'span'
          return <Tag key={i}>{`${line.kind === 'added' ? '+' : line.kind === 'removed' ? '−' : ' '} ${line.text || ' '}`}</Tag>
        })}
      </div>
    </Section>
  )
}

const Aside = ({ view, shown }: { view: ProfileView; shown: ProfileVersion }) => {
  const { t } = useTranslation('risk')
  return (
    <>
      <Section title={t('versions')} count={view.versions.length}>
        <ol className={css.versions}>
          {view.versions.map(({ version: v }) => (
            <li key={v.number} aria-current={v.number === shown.number || undefined}>
              <Link to={`?version=${v.number}`}>
                {t('version')} {v.number}
              </Link>{' '}
              <ProfileStatusBadge status={v.status} />
              <small>
                {v.author.name}, <Instant at={v.createdAt} />
              </small>
            </li>
          ))}
        </ol>
      </Section>
      <Section title={t('readings')} collapsible initiallyClosed>
        <ul className={css.versions}>
          {view.readings.map((r) => (
            <li key={`${r.person}${r.at}`}>
              {r.person} <Instant at={r.at} form="relative" />
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}

const Case = ({ view, version, allowed }: { view: ProfileView; version: ProfileVersion; allowed: readonly ProfileCommandName[] }) => {
  const { t, i18n } = useTranslation('risk')
  const { permissions } = useSession()
  const actions = useDecisions(version, allowed)
  const live = view.versions.find(({ version: v }) => v.status === 'active')?.version
  const before = view.versions.find(({ version: v }) => v.number < version.number)?.version
  const mayRun = permissions.includes('risk:profile:write') && (version.status === 'checked' || version.status === 'back-tested')
  return (
    <>
      <Summary>
        <SummaryFact label={t('statusOf')}>
          <ProfileStatusBadge status={version.status} />
        </SummaryFact>
        <SummaryFact label={t('lane')}>
          <LaneBadge lane={version.content.lane} />
        </SummaryFact>
        <SummaryFact label={t('office')}>{version.content.office ?? t('national')}</SummaryFact>
        <SummaryFact label={t('code')}>
          <Id value={version.code} plain />
        </SummaryFact>
        <SummaryFact label={t('version')}>
          {version.number}
          {live && live.number !== version.number && `, ${t('liveVersion', { number: live.number })}`}
        </SummaryFact>
      </Summary>
      <Columns aside={<Aside view={view} shown={version} />}>
        {version.emergencyUntil && version.status === 'active' && (
          <Note tone="warning">{t('emergency', { at: formatInstant(version.emergencyUntil, i18n.language) })}</Note>
        )}
        <Section title={t('text')}>
          <Numbered text={version.content.text} />
        </Section>
        <Section title={version.content.name}>
          <Facts version={version} />
        </Section>
        <BacktestSection
          code={version.code}
          number={version.number}
          given={view.backtests.find((b) => b.number === version.number)}
          mayRun={mayRun}
        />
        {before && <Difference code={version.code} from={before.number} to={version.number} />}
      </Columns>
      <DecisionBar actions={actions} status={t(`status.${version.status}`)} />
    </>
  )
}

const ProfilePage = () => {
  const { t } = useTranslation('risk')
  const { code = '' } = useParams()
  const [address] = useSearchParams()
  const navigate = useNavigate()
  const { permissions } = useSession()
  const found = useQuery({
    queryKey: ['risk', 'profile', code],
    queryFn: ({ signal }) => get<ProfileView>(`/api/risk/profiles/${encodeURIComponent(code)}`, {}, { signal }),
  })
  useLive('risk', () => void found.refetch())
  const wanted = Number(address.get('version'))
  const entry = found.data?.versions.find(({ version }) => version.number === wanted) ?? found.data?.versions[0]
  const problem = found.error ? problemIn(found.error) : null
  return (
    <Page
      title={entry?.version.content.name || code}
      crumbs={[{ label: t('profiles'), to: '/risk/profiles' }]}
      actions={
        permissions.includes('risk:profile:write') && (
          <Button icon="edit" onClick={() => void navigate(`/risk/profiles/new?from=${encodeURIComponent(code)}`)}>
            {t('writeNext')}
          </Button>
        )
      }
    >
      {problem && <ProblemNote problem={problem} />}
      {!entry && !problem && <Loading />}
      {found.data && entry && <Case view={found.data} version={entry.version} allowed={entry.allowed} />}
    </Page>
  )
}
export default ProfilePage
