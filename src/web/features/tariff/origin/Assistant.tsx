/**
 * `<Assistant initial={{ code, origin }} onTake={(claim) => …} />`: asks what the goods are, where they come from and what was held and
 * used, and shows every way of entering. Without `onTake` it is to read only.
 */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Issue } from '#kernel/issue.ts'
import type { OriginAdvice } from '#schema/clearance'
import type { OriginQuestion } from '#schema/trade'
import { get, send } from '../../../app/api.ts'
import { Button } from '../../../ui/Button.tsx'
import { CodeField } from '../../../ui/CodeField.tsx'
import { DecimalField, FieldRow, MoneyField, TextArea, TextField, type Amount } from '../../../ui/fields.tsx'
import { Form, useForm } from '../../../ui/form.tsx'
import { Note } from '../../../ui/Layout.tsx'
import { Advice } from './Advice.tsx'
import { readMaterials, wordsOf } from './materials.ts'
import css from './origin.module.css'

export type Asked = {
  code?: string
  origin?: string
  value?: Amount
  netMassKg?: string
  exWorks?: string
  proofs?: string
  processes?: string
  materials?: string
}
const required = (path: string): Issue => ({ code: 'form.required', severity: 'error', path })
const validate = (a: Asked): Issue[] => [...(/^\d{4,10}$/.test(a.code ?? '') ? [] : [required('/code')]), ...(a.origin ? [] : [required('/origin')])]

const choices =
  (path: string) =>
  async (text: string, signal: AbortSignal): Promise<{ code: string; name: string }[]> =>
    (await get<{ rows: { code: string; name: string }[] }>(path, { q: text, limit: 50 }, { signal })).rows

export const questionOf = (a: Asked): OriginQuestion => {
  const { materials } = readMaterials(a.materials ?? '')
  const processes = wordsOf(a.processes)
  return {
    code: a.code!,
    origin: a.origin!,
    proofs: wordsOf(a.proofs?.toUpperCase()),
    ...(a.materials?.trim() && { materials }),
    ...(processes.length > 0 && { processes }),
    ...(a.exWorks && { exWorks: a.exWorks }),
    ...(a.netMassKg && { netMassKg: a.netMassKg }),
    ...(a.value?.amount && { value: a.value.amount, currency: a.value.currency ?? 'VRC' }),
  }
}

export const Assistant = ({ initial = {}, onTake }: { initial?: Asked; onTake?: (claim: { preference: string; quotaOrder?: string }) => void }) => {
  const { t } = useTranslation('quota')
  const form = useForm<Asked>({ initial, validate })
  const [advice, setAdvice] = useState<OriginAdvice | null>(null)
  const wrong = readMaterials(form.value.materials ?? '').wrong[0]
  const ask = async (a: Asked) => {
    const reply = await send<OriginAdvice>('POST', '/api/origin-advice', questionOf(a))
    if (reply.ok) setAdvice(reply.value)
    return reply
  }
  return (
    <div className={css.grid}>
      <Form
        form={form}
        onSubmit={ask}
        actions={
          <Button kind="primary" type="submit">
            {t('origin.ask')}
          </Button>
        }
      >
        <CodeField path="/code" label={t('origin.code')} source={choices('/api/trade/commodities')} maxLength={10} />
        <CodeField path="/origin" label={t('origin.country')} source={choices('/api/reference/countries')} maxLength={2} />
        <MoneyField path="/value" label={t('origin.value')} currencies={['VRC', 'EUR', 'USD']} optional />
        <FieldRow>
          <DecimalField path="/netMassKg" label={t('origin.mass')} optional />
          <DecimalField path="/exWorks" label={t('origin.exWorks')} optional />
        </FieldRow>
        <TextField path="/proofs" label={t('origin.proofs')} hint={t('origin.proofsHint')} mono upper optional />
        <TextArea path="/materials" label={t('origin.materials')} hint={t('origin.materialsHint')} rows={4} optional />
        {wrong !== undefined && <Note tone="warning">{t('origin.materialWrong', { line: wrong })}</Note>}
        <TextField path="/processes" label={t('origin.processes')} hint={t('origin.processesHint')} optional />
      </Form>
      {advice && (
        <div>
          <Advice advice={advice} onTake={onTake} />
        </div>
      )}
    </div>
  )
}
