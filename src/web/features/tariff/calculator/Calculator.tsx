/** `<Calculator />`: a good, where it comes from and what it is worth in; what it costs, why, what else there is and which papers out. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { Issue } from '#kernel/issue.ts'
import type { CalculatorQuery, CalculatorReply } from '#schema/duty'
import { addressOf, get, problemOf } from '../../../app/api.ts'
import { Button } from '../../../ui/Button.tsx'
import { CodeField } from '../../../ui/CodeField.tsx'
import { DateField, DecimalField, FieldRow, MoneyField, TextField } from '../../../ui/fields.tsx'
import { Form, useForm } from '../../../ui/form.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { Empty, Loading } from '../../../ui/Layout.tsx'
import { Answer } from './Answer.tsx'
import { askedOf, isWhole, queryOf, type Asked } from './question.ts'
import css from './calculator.module.css'

const required = (path: string): Issue => ({ code: 'form.required', severity: 'error', path })
const validate = (a: Asked): Issue[] => [
  ...(/^\d{6,10}$/.test(a.code ?? '') ? [] : [required('/code')]),
  ...(a.origin ? [] : [required('/origin')]),
  ...(a.value?.amount ? [] : [required('/value')]),
]

const choices =
  (path: string) =>
  async (text: string, signal: AbortSignal): Promise<{ code: string; name: string }[]> =>
    (await get<{ rows: { code: string; name: string }[] }>(path, { q: text, limit: 50 }, { signal })).rows
const commodities = choices('/api/trade/commodities')
const countries = choices('/api/reference/countries')

const useAnswer = (query: CalculatorQuery | null) => {
  const { i18n } = useTranslation()
  return useQuery({
    queryKey: ['calculation', query, i18n.language],
    queryFn: ({ signal }) => get<CalculatorReply>('/api/duty/calculation', { ...query, language: i18n.language }, { signal }),
    enabled: query !== null,
    placeholderData: keepPreviousData,
    retry: false,
  })
}

const Share = ({ query }: { query: CalculatorQuery }) => {
  const { t } = useTranslation('calculator')
  const [copied, setCopied] = useState('')
  const here = window.location.href
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(here)
    setCopied(here)
  }
  return (
    <p className={css.share}>
      <Button size="sm" onClick={() => void copy()}>
        {t('copyAddress')}
      </Button>
      <span role="status">{copied === here && t('copied')}</span> <a href={addressOf('/api/duty/calculation', query)}>{t('asData')}</a>
    </p>
  )
}

export const Calculator = () => {
  const { t } = useTranslation('calculator')
  const [search, setSearch] = useSearchParams()
  const asked = useMemo(() => askedOf(search), [search])
  const form = useForm<Asked>({ initial: asked, validate })
  const query = isWhole(asked) ? queryOf(asked) : null
  const { data, error, isFetching } = useAnswer(query)
  const ask = (a: Asked): void => setSearch(queryOf(a) as Record<string, string>)
  const claim = (preference: string, order?: string): void => {
    const next: Asked = { ...form.value, preference, ...(order ? { order } : {}) }
    if (!order) delete next.order
    form.reset(next)
    ask(next)
  }
  const problem = problemOf(error)
  return (
    <div className={css.grid}>
      <Form
        form={form}
        onSubmit={ask}
        actions={
          <Button kind="primary" type="submit">
            {t('ask')}
          </Button>
        }
      >
        <CodeField
          path="/code"
          label={t('code')}
          hint={t('codeHint')}
          source={commodities}
          maxLength={10}
          nameOf={(code) => (data?.code === code ? data.name : undefined)}
        />
        <CodeField path="/origin" label={t('origin')} source={countries} maxLength={2} />
        <MoneyField path="/value" label={t('value')} currencies={['VRC', 'EUR', 'USD', 'GBP', 'CNY', 'JPY']} />
        <DecimalField path="/transport" label={t('transport')} hint={t('transportHint')} optional />
        <FieldRow>
          <DecimalField path="/netMassKg" label={t('netMass')} unit="kg" optional />
          <DecimalField path="/quantity" label={t('quantity')} {...(data?.supplementaryUnit && { unit: data.supplementaryUnit })} optional />
        </FieldRow>
        <details className={css.more} open={Boolean(asked.date ?? asked.preference ?? asked.order ?? asked.additional ?? asked.documents)}>
          <summary>{t('more')}</summary>
          <DateField path="/date" label={t('date')} hint={t('dateHint')} optional />
          <FieldRow>
            <TextField path="/preference" label={t('preference')} maxLength={3} mono optional />
            <TextField path="/order" label={t('order')} maxLength={6} mono optional />
          </FieldRow>
          <TextField path="/additional" label={t('additional')} mono upper optional />
          <TextField path="/documents" label={t('documents')} hint={t('documentsHint')} mono upper optional />
        </details>
      </Form>
      <div className={css.answer} aria-busy={isFetching}>
        {problem && <ProblemNote problem={problem} />}
        {!query && <Empty title={t('emptyTitle')} text={t('emptyText')} />}
        {query && !data && !problem && <Loading />}
        {query && data && !problem && <Answer reply={data} onClaim={claim} />}
        {query && data && !problem && <Share query={query} />}
      </div>
    </div>
  )
}
