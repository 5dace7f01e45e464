/** One model: its certificates, and a run of its captures whose checks come in one after the other. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { Capture, Certificate, ConformanceCheck } from '#schema/supervision'
import { get, problemIn } from '../../../app/api.ts'
import { useCan } from '../../../app/session.ts'
import { useCommand } from '../../../app/use-command.ts'
import { formatCount } from '../../../i18n/format.ts'
import { StatusBadge } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { FileDrop } from '../../../ui/FileDrop.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { Empty, Loading, Note, Section, Stack } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { Id, Instant } from '../../../ui/Values.tsx'
import { certificatesPath, type ModelKey, modelsKey } from './models.ts'
import css from './seals.module.css'

type Known = { certificates: Certificate[]; captures: Capture[] }

const Result = ({ passed }: { passed: boolean | null }) => {
  const { t } = useTranslation('seals')
  if (passed === null) return <StatusBadge>{t('pending')}</StatusBadge>
  return <StatusBadge tone={passed ? 'ok' : 'danger'}>{t(passed ? 'passed' : 'failed')}</StatusBadge>
}

/** So that one sees which check is which; the run itself takes less time than reading one line. */
const showEveryMs = 60

const Checks = ({ checks, live }: { checks: readonly ConformanceCheck[]; live: boolean }) => {
  const { t, i18n } = useTranslation('seals')
  const [shown, setShown] = useState(live ? 0 : checks.length)
  useEffect(() => {
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    if (!live || still) return setShown(checks.length)
    setShown(0)
    const timer = setInterval(() => setShown((n) => Math.min(checks.length, n + 1)), showEveryMs)
    return () => clearInterval(timer)
  }, [checks, live])
  return (
    <div className={css.scroll} tabIndex={0} role="group" aria-label={t('checks')}>
      <table className={css.checks}>
        <thead>
          <tr>
            <th scope="col">{t('checks')}</th>
            <th scope="col">{t('capture')}</th>
            <th scope="col">{t('result')}</th>
            <th scope="col" className={css.number}>
              {t('cases')}
            </th>
            <th scope="col" className={css.number}>
              {t('took')}
            </th>
            <th scope="col">{t('difference')}</th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check, n) => (
            <tr key={`${check.id}${check.capture ?? ''}`}>
              <th scope="row">{t(`check.${check.id}`)}</th>
              <td>{check.capture ?? <span className="muted">{t('allCaptures')}</span>}</td>
              <td>
                <Result passed={n < shown ? check.passed : null} />
              </td>
              <td className={css.number}>{n < shown ? formatCount(check.cases, i18n.language) : ''}</td>
              <td className={css.number}>{n < shown ? t('milliseconds', { count: check.milliseconds }) : ''}</td>
              <td className={css.difference}>{n < shown ? check.difference : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const capturesIn = async (file: File): Promise<Capture[] | null> => {
  try {
    const read: unknown = JSON.parse(await file.text())
    const list: unknown = Array.isArray(read) ? read : (read as { captures?: unknown } | null)?.captures
    return Array.isArray(list) ? (list as Capture[]) : null
  } catch {
    return null
  }
}

const jsonFiles = ['.json'] as const

const Run = ({ model, onDone }: { model: ModelKey; onDone: (certificate: Certificate) => void }) => {
  const { t } = useTranslation('seals')
  const [own, setOwn] = useState<Capture[]>([])
  const [broken, setBroken] = useState(false)
  const run = useCommand<ModelKey & { captures: Capture[] }, Certificate>({ path: certificatesPath, refresh: [modelsKey], onDone })
  const take = async (file: File): Promise<void> => {
    const found = await capturesIn(file)
    setBroken(found === null)
    setOwn(found ?? [])
  }
  return (
    <Section title={t('run')}>
      <Stack>
        <p>{t('runText')}</p>
        <FileDrop
          label={t('vendorFile')}
          hint={t('vendorHint')}
          accept={jsonFiles}
          maxBytes={2 ** 21}
          onFiles={([file]) => file && void take(file)}
        />
        {broken && <Note tone="danger">{t('vendorBroken')}</Note>}
        {own.length > 0 && <p>{t('vendorCount', { count: own.length })}</p>}
        <p>
          <Button kind="primary" pending={run.pending} onClick={() => void run.run({ ...model, captures: own })}>
            {t(run.pending ? 'running' : 'run')}
          </Button>
        </p>
        {run.problem && <ProblemNote problem={run.problem} />}
      </Stack>
    </Section>
  )
}

const Past = ({ certificates }: { certificates: readonly Certificate[] }) => {
  const { t } = useTranslation('seals')
  if (certificates.length === 0) return <Empty title={t('certificatesNone')} />
  return (
    <div className={css.scroll} tabIndex={0} role="group" aria-label={t('certificates')}>
      <table className={css.checks}>
        <thead>
          <tr>
            <th scope="col">{t('certifiedOn')}</th>
            <th scope="col">{t('result')}</th>
            <th scope="col">{t('runBy')}</th>
            <th scope="col">{t('capture')}</th>
            <th scope="col">{t('hash')}</th>
          </tr>
        </thead>
        <tbody>
          {certificates.map((c) => (
            <tr key={c.id}>
              <th scope="row">
                <Instant at={c.runAt} />
              </th>
              <td>
                <Result passed={c.passed} />
              </td>
              <td>
                <bdi>{c.runBy}</bdi>
              </td>
              <td>{t('captures', { count: c.captures })}</td>
              <td className={css.difference}>
                <Id value={c.captureSha256} label={t('hash')} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const ModelPage = () => {
  const { vendor = '', model: name = '', protocol = '' } = useParams()
  const { t } = useTranslation('seals')
  const can = useCan()
  const client = useQueryClient()
  const model: ModelKey = { vendor, model: name, protocol }
  const key = [...modelsKey, vendor, name, protocol]
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => get<Known>(certificatesPath, model, { signal }) })
  const [fresh, setFresh] = useState<Certificate | null>(null)
  const newest = fresh ?? found.data?.certificates[0]
  return (
    <Page
      title={`${vendor} ${name}`}
      crumbs={[
        { label: t('title'), to: '/supervision/seals' },
        { label: t('models'), to: '/supervision/models' },
      ]}
    >
      {found.isPending && <Loading />}
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.data && (
        <Stack>
          {newest ? (
            <Note tone={newest.passed ? 'ok' : 'danger'} live title={t(newest.passed ? 'passedRun' : 'failedRun')}>
              <Instant at={newest.runAt} /> · <bdi>{newest.runBy}</bdi> · {t('captures', { count: newest.captures })}
            </Note>
          ) : (
            <Note tone="warning" title={t('waits')} />
          )}
          {can('supervision:model:certify') && (
            <Run
              model={model}
              onDone={(certificate) => {
                setFresh(certificate)
                void client.invalidateQueries({ queryKey: key })
              }}
            />
          )}
          {newest && (
            <Section title={t('checks')} count={newest.checks.length} flush>
              <Checks checks={newest.checks} live={fresh !== null} />
            </Section>
          )}
          <Section title={t('certificates')} count={found.data.certificates.length} flush>
            <Past certificates={found.data.certificates} />
          </Section>
        </Stack>
      )}
    </Page>
  )
}
export default ModelPage
