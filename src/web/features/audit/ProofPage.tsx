/** The proof of the journal: what was checked, and what came out. */
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnchorRow, Broken, Verification } from '#schema/audit'
import { useCan } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { formatCount, formatSpan } from '../../i18n/format.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Note, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { ProgressBar } from '../../ui/Progress.tsx'
import { DataTable } from '../../ui/table/DataTable.tsx'
import type { Column } from '../../ui/table/types.ts'
import { Id, Instant } from '../../ui/Values.tsx'
import { AuditLinks, useKindName } from './words.tsx'
import css from './audit.module.css'

const ProofPage = () => {
  const { t } = useTranslation('audit')
  const can = useCan()
  const [result, setResult] = useState<Verification | null>(null)
  const prove = useCommand<Record<string, never>, Verification>({
    path: '/api/audit/verifications',
    refresh: [['list', '/api/audit/anchors']],
    onDone: setResult,
  })
  return (
    <Page title={t('tabs.verify')} crumbs={[{ label: t('title'), to: '/audit' }]} lead={<AuditLinks />}>
      <Stack>
        <Section title={t('verify.title')}>
          <Stack>
            <p>{t('verify.text')}</p>
            {can('audit:journal:verify') && !prove.pending && (
              <div>
                <Button kind="primary" onClick={() => void prove.run({})}>
                  {t('verify.run')}
                </Button>
              </div>
            )}
            {prove.pending && <ProgressBar label={t('verify.running')} />}
            {prove.problem && <ProblemNote problem={prove.problem} />}
            {result && !prove.pending && <Result result={result} />}
          </Stack>
        </Section>
        <Anchors />
      </Stack>
    </Page>
  )
}
export default ProofPage

const Result = ({ result }: { result: Verification }) => {
  const { t, i18n } = useTranslation('audit')
  const figures = [
    { label: t('verify.subjects'), value: formatCount(result.subjects, i18n.language) },
    { label: t('verify.entries'), value: formatCount(result.entries, i18n.language) },
    { label: t('verify.anchors'), value: formatCount(result.anchors, i18n.language) },
    { label: t('verify.unanchored'), value: formatCount(result.unanchored, i18n.language) },
    { label: t('verify.took'), value: formatSpan(result.ms, i18n.language) },
  ]
  return (
    <Stack>
      <Note tone={result.ok ? 'ok' : 'danger'} live title={result.ok ? t('verify.ok') : t('verify.broken', { count: result.brokenCount })}>
        {result.unanchored > 0 && t('verify.unanchoredText')}
      </Note>
      <div className={css.figures} role="group" aria-label={t('verify.checked')}>
        {figures.map(({ label, value }) => (
          <span key={label} className={css.figure}>
            <span className="muted">{label}</span>
            <strong>{value}</strong>
          </span>
        ))}
      </div>
      {result.broken.length > 0 && <BrokenList broken={result.broken} />}
    </Stack>
  )
}

const BrokenList = ({ broken }: { broken: readonly Broken[] }) => {
  const { t } = useTranslation('audit')
  const kindName = useKindName()
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <caption className="visually-hidden">{t('verify.where')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('verify.where')}</th>
            <th scope="col">{t('column.subject')}</th>
            <th scope="col">{t('verify.expected')}</th>
            <th scope="col">{t('verify.found')}</th>
          </tr>
        </thead>
        <tbody>
          {broken.map((one, at) => (
            <tr key={at}>
              <td>{t(`what.${one.what}`)}</td>
              <td>{one.subject ? `${kindName(one.subject.kind)} ${one.subject.id} · ${one.version ?? ''}` : one.anchor}</td>
              <td className="mono">{one.expected}</td>
              <td className="mono">{one.found}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const anchorId = (row: AnchorRow): string => String(row.number)

const Anchors = () => {
  const { t } = useTranslation('audit')
  const columns = useMemo<readonly Column<AnchorRow>[]>(
    () => [
      { id: 'number', header: t('verify.number'), align: 'end', cell: (row) => row.number },
      { id: 'at', header: t('verify.at'), cell: (row) => <Instant at={row.at} /> },
      { id: 'entries', header: t('verify.entries'), align: 'end', cell: (row) => row.entries },
      { id: 'hash', header: t('entry.hash'), cell: (row) => <Id value={row.hash.slice(0, 24)} plain /> },
    ],
    [t],
  )
  return (
    <>
      <h2>{t('verify.anchorsTitle')}</h2>
      <DataTable<AnchorRow>
        id="anchors"
        caption={t('verify.anchorsTitle')}
        path="/api/audit/anchors"
        columns={columns}
        rowId={anchorId}
        empty={{ title: t('entry.notAnchored') }}
      />
    </>
  )
}
