// What is claimed and how it is paid on one line: preference, quota, method; and the additional procedures, of which there may be several.
import { useTranslation } from 'react-i18next'
import type { DeclarationItem } from '#schema/clearance'
import { FieldRow, TextField } from '../../../ui/fields.tsx'
import { OriginHelp } from '../../tariff/origin/OriginHelp.tsx'
import { commodityOf } from './document.ts'
import { Group, ListCode, useDocument } from './parts.tsx'

type LineProps = { path: string; item: DeclarationItem }
type Taxes = NonNullable<DeclarationItem['taxes']>

const taxesOf = (item: DeclarationItem): Taxes => (item.taxes?.length ? item.taxes : [{ type: 'A00' }])

/** The method of payment is one for the line; each of its taxes carries it. */
const Method = ({ path, item }: LineProps) => {
  const { t } = useTranslation('filing')
  const { set } = useDocument<Taxes>(`${path}/taxes`)
  const taxes = taxesOf(item)
  const withVat = taxes.some((tax) => tax.type === 'B00') ? taxes : [...taxes, { type: 'B00' }]
  return (
    <ListCode
      list="payment-method"
      path={`${path}/taxes/0/method`}
      label={t('field.method')}
      maxLength={1}
      code="DE 4/8"
      value={item.taxes?.[0]?.method}
      onChange={(method) => set(withVat.map((tax) => ({ ...tax, method })))}
    />
  )
}

/** Preference and quota are claimed with the first tax, the customs duty. */
const useClaim = ({ path, item }: LineProps): ((claim: Pick<Taxes[number], 'preference' | 'quotaOrder'>) => void) => {
  const { set } = useDocument<Taxes>(`${path}/taxes`)
  return (claim) => set(taxesOf(item).map((tax, at) => (at === 0 ? { type: 'A00', ...tax, ...claim } : tax)))
}

const Preference = (line: LineProps) => {
  const { t } = useTranslation('filing')
  const claim = useClaim(line)
  return (
    <ListCode
      list="preference"
      path={`${line.path}/taxes/0/preference`}
      label={t('field.preference')}
      maxLength={3}
      code="DE 4/17"
      value={line.item.taxes?.[0]?.preference}
      onChange={(preference) => claim({ preference })}
    />
  )
}

const Quota = (line: LineProps) => {
  const { t } = useTranslation('filing')
  const claim = useClaim(line)
  return (
    <TextField
      path={`${line.path}/taxes/0/quotaOrder`}
      label={t('field.quota')}
      hint={t('field.quotaHint')}
      mono
      optional
      inputMode="numeric"
      maxLength={6}
      code="DE 8/1"
      value={line.item.taxes?.[0]?.quotaOrder}
      onChange={(quotaOrder) => claim({ quotaOrder })}
    />
  )
}

/** Which agreement or quota fits these goods, and takes it over. */
const Help = (line: LineProps) => {
  const { t } = useTranslation('filing')
  const claim = useClaim(line)
  const { set: setOrigin } = useDocument<string | undefined>(`${line.path}/preferentialOrigin`)
  const { item } = line
  const held = (item.documents ?? []).flatMap((d) => (d.type ? [`${d.category ?? ''}${d.type}`] : []))
  const asked = {
    code: commodityOf(item),
    ...(item.origin && { origin: item.origin }),
    ...(item.itemPrice && { value: item.itemPrice }),
    ...(item.netMassKg && { netMassKg: item.netMassKg }),
    proofs: held.join(', '),
  }
  return (
    <OriginHelp
      label={t('whichPreference')}
      asked={asked}
      onTake={({ preference, quotaOrder }) => {
        claim({ preference, quotaOrder })
        if (/^[23]/.test(preference)) setOrigin(item.origin)
      }}
    />
  )
}

export const LineTax = (line: LineProps) => {
  const { t } = useTranslation('filing')
  return (
    <Group title={t('section.tax')}>
      <FieldRow>
        <Preference {...line} />
        <ListCode
          list="country"
          path={`${line.path}/preferentialOrigin`}
          label={t('field.preferentialOrigin')}
          width="s"
          maxLength={4}
          optional
          code="DE 5/16"
        />
        <Method {...line} />
      </FieldRow>
      <FieldRow>
        <Quota {...line} />
        <Help {...line} />
      </FieldRow>
    </Group>
  )
}

const most = 9

/** As many fields as there are codes, and an empty one after the last. */
export const AdditionalProcedures = ({ path, item }: LineProps) => {
  const { t } = useTranslation('filing')
  const codes = item.additionalProcedures ?? []
  const shown = Math.min(most, codes.length + (codes.length === 0 || codes.at(-1) ? 1 : 0))
  const { set } = useDocument<string[]>(`${path}/additionalProcedures`)
  // An emptied place stays while one types there; it is left out when the declaration is sent.
  const change = (at: number, code: string | undefined): void =>
    set(Array.from({ length: Math.max(codes.length, at + 1) }, (_, i) => (i === at ? (code ?? '') : (codes[i] ?? ''))))
  return Array.from({ length: shown }, (_, at) => (
    <ListCode
      key={at}
      list="additional-procedure"
      path={`${path}/additionalProcedures/${at}`}
      label={at === 0 ? t('field.additionalProcedure') : t('field.anotherProcedure')}
      optional={at > 0}
      maxLength={3}
      code={at === 0 ? 'DE 1/11' : undefined}
      value={codes[at]}
      onChange={(code) => change(at, code)}
    />
  ))
}
