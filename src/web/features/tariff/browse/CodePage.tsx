/** One code of the tariff: every measure for an origin and a date with the reasons why it applies, and those that do not with the reasons why not. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import type { ShownCommodity } from '#schema/trade'
import { get, problemIn } from '../../../app/api.ts'
import { useCan } from '../../../app/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { CodeField } from '../../../ui/CodeField.tsx'
import { DateField, FieldRow, TextField } from '../../../ui/fields.tsx'
import { Form, useForm } from '../../../ui/form.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { KeyValue, Loading, Note, Section } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { MeasureDialog, type MeasureStart } from '../changes/MeasureDialog.tsx'
import { Measures } from './Measures.tsx'
import { spaced } from './TreePage.tsx'
import css from './browse.module.css'

type Asked = { origin?: string; date?: string; codes?: string }

const countries = async (text: string, signal: AbortSignal): Promise<{ code: string; name: string }[]> =>
  (await get<{ rows: { code: string; name: string }[] }>('/api/reference/countries', { q: text, limit: 50 }, { signal })).rows

const Question = ({ asked, onChange }: { asked: Asked; onChange: (a: Asked) => void }) => {
  const { t } = useTranslation('tariff')
  const form = useForm<Asked>({ initial: asked, onChange })
  return (
    <Form form={form} onSubmit={onChange}>
      <FieldRow>
        <CodeField path="/origin" label={t('origin')} source={countries} maxLength={2} optional />
        <DateField path="/date" label={t('date')} optional />
        <TextField path="/codes" label={t('codes')} mono upper optional />
      </FieldRow>
    </Form>
  )
}

const Head = ({ shown }: { shown: ShownCommodity }) => {
  const { t } = useTranslation('tariff')
  return (
    <>
      <ol className={css.path}>
        {shown.path.map((step) => (
          <li key={step.code}>
            <Link to={`/tariff/codes/${step.code.split('/')[0]}`}>
              <span className="mono" dir="ltr">
                {spaced(step.code)}
              </span>
            </Link>{' '}
            <bdi>{step.name}</bdi>
          </li>
        ))}
      </ol>
      <KeyValue
        columns={4}
        items={[
          { label: t('declarable'), value: shown.declarable ? t('yes') : t('no') },
          { label: t('unit'), value: shown.supplementaryUnit ?? t('none') },
          {
            label: t('papers'),
            value: shown.documents.length > 0 ? shown.documents.map((d) => d.replaceAll('|', ` ${t('or')} `)).join(', ') : t('none'),
          },
          { label: t('version'), value: String(shown.version) },
        ]}
      />
      {shown.footnotes.map((f) => (
        <p key={f.code} className={css.small}>
          <span className="mono">{f.code}</span> {f.text}
        </p>
      ))}
    </>
  )
}

const useShown = (code: string, asked: Asked) => {
  const { i18n } = useTranslation()
  const codes = asked.codes
    ?.split(/[\s,]+/)
    .filter((c) => /^[A-Z0-9]{4}$/.test(c))
    .join(',')
  const query = {
    origin: asked.origin && /^[A-Z]{2}$/.test(asked.origin) ? asked.origin : undefined,
    date: asked.date,
    codes: codes || undefined,
    language: i18n.language,
  }
  return useQuery({
    queryKey: ['tariff-code', code, query],
    queryFn: ({ signal }) => get<ShownCommodity>(`/api/trade/tariff/${code}`, query, { signal }),
    retry: false,
    placeholderData: (before) => before,
  })
}

const CodePage = () => {
  const { code = '' } = useParams()
  const { t } = useTranslation('tariff')
  const can = useCan()
  const [address, setAddress] = useSearchParams()
  const asked: Asked = Object.fromEntries([...address].filter(([name]) => ['origin', 'date', 'codes'].includes(name)))
  const found = useShown(code, asked)
  const [editing, setEditing] = useState<MeasureStart | null>(null)
  const shown = found.data
  const ask = (a: Asked): void => setAddress(Object.fromEntries(Object.entries(a).filter(([, v]) => v)) as Record<string, string>, { replace: true })
  const mayPropose = can('trade:tariff:propose')
  return (
    <Page
      title={`\u2066${spaced(code)}\u2069${shown ? ` · ${shown.name}` : ''}`}
      crumbs={[{ label: t('title'), to: '/tariff/codes' }]}
      actions={
        <>
          <Button icon="coins" to={`/tariff/calculator?code=${code}${asked.origin ? `&origin=${asked.origin}` : ''}`}>
            {t('calculate')}
          </Button>
          {mayPropose && (
            <Button icon="plus" onClick={() => setEditing({ commodity: code })}>
              {t('addMeasure')}
            </Button>
          )}
        </>
      }
    >
      <Question asked={asked} onChange={ask} />
      {found.error && <ProblemNote problem={problemIn(found.error)} />}
      {found.isPending && <Loading />}
      {shown && !found.error && (
        <>
          <Head shown={shown} />
          {!asked.origin && <Note tone="info">{t('originMissing')}</Note>}
          <Section title={t('applies')} count={shown.measures.length} flush>
            <Measures measures={shown.measures} {...(mayPropose && { onEdit: (id: string) => setEditing({ commodity: code, id }) })} />
          </Section>
          <Section title={t('appliesNot')} count={shown.notApplied.length} flush collapsible initiallyClosed>
            <Measures measures={shown.notApplied} {...(mayPropose && { onEdit: (id: string) => setEditing({ commodity: code, id }) })} />
          </Section>
        </>
      )}
      {editing && <MeasureDialog start={editing} onClose={() => setEditing(null)} />}
    </Page>
  )
}
export default CodePage
