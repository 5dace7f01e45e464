/** `<Duty assessment={…} />`: what is owed, line by line, and how each figure came about, in words. Also used for the estimate while filing. */
import { useTranslation } from 'react-i18next'
import type { Assessment, TaxLine, TraceStep } from '#schema/duty'
import { formatDecimal } from '../../i18n/format.ts'
import { StatusBadge, type Tone } from '../../ui/Badge.tsx'
import { Empty, KeyValue, Section, Stack } from '../../ui/Layout.tsx'
import { Money, Quantity } from '../../ui/Values.tsx'
import { useCodeName } from './codes.ts'
import css from './declaration.module.css'

type LooseT = (key: string, options: Record<string, unknown>) => string

/** Parameters of a step that are amounts or quantities; the other numerals are codes and stay as they are. */
const figures = new Set(['amount', 'base', 'saves', 'exact', 'total', 'quantity', 'claimed', 'value', 'left', 'right'])
const isNumeral = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text)

export const Trace = ({ steps }: { steps: readonly TraceStep[] }) => {
  const { t, i18n } = useTranslation('declaration')
  const read = ([name, value]: [string, unknown]): [string, unknown] => [
    name,
    figures.has(name) && typeof value === 'string' && isNumeral(value) ? formatDecimal(value, i18n.language) : value,
  ]
  const say = t as unknown as LooseT
  return (
    <ol className={css.trace}>
      {steps.map((step, at) => (
        <li key={`${step.key}${at}`}>
          {say(`trace.${step.key.replace('duty.trace.', '')}`, {
            ...Object.fromEntries(Object.entries(step.params ?? {}).map(read)),
            defaultValue: step.key,
          })}
        </li>
      ))}
    </ol>
  )
}

const tone: Record<TaxLine['status'], Tone> = {
  assessed: 'neutral',
  declared: 'info',
  manual: 'warning',
  suspended: 'info',
  postponed: 'info',
  secured: 'info',
}

const Base = ({ base }: { base: TaxLine['base'] }) => {
  if ('amount' in base) return <Money value={base.amount} />
  return 'quantity' in base ? <Quantity value={base.quantity.value} unit={base.quantity.unit ?? ''} /> : null
}

const Line = ({ line, value }: { line: TaxLine; value: readonly TraceStep[] }) => {
  const { t } = useTranslation('declaration')
  const tax = useCodeName('tax-type')
  const method = useCodeName('payment-method')
  return (
    <tr>
      <th scope="row" data-end>
        {line.itemNumber}
      </th>
      <td>
        <span className={css.goods}>
          {tax(line.type)} <span className="mono muted">{line.type}</span>
        </span>
        {line.status !== 'assessed' && <StatusBadge tone={tone[line.status]}>{t(`taxStatus.${line.status}`)}</StatusBadge>}
        <details className={css.fold}>
          <summary>{t('how')}</summary>
          <Trace steps={[...value, ...line.trace]} />
        </details>
      </td>
      <td data-end>
        <Base base={line.base} />
      </td>
      <td data-end dir="ltr">
        {line.rateText}
      </td>
      <td data-end>
        <Money value={line.assessed} />
      </td>
      <td data-end>
        <Money value={line.payable} />
      </td>
      <td title={method(line.method)}>{method(line.method) ?? line.method}</td>
    </tr>
  )
}

const Totals = ({ totals }: { totals: Assessment['totals'] }) => {
  const { t } = useTranslation('declaration')
  const tax = useCodeName('tax-type')
  return (
    <KeyValue
      columns={4}
      items={[
        { label: t('totals.customsValue'), value: <Money value={totals.customsValue} /> },
        { label: t('totals.assessed'), value: <Money value={totals.assessed} /> },
        {
          label: t('totals.payable'),
          value: (
            <strong>
              <Money value={totals.payable} />
            </strong>
          ),
        },
        ...(totals.secured.minor > 0 ? [{ label: t('totals.secured'), value: <Money value={totals.secured} /> }] : []),
        ...totals.byType.map((one) => ({ id: one.type, label: `${tax(one.type) ?? one.type} (${one.type})`, value: <Money value={one.payable} /> })),
      ]}
    />
  )
}

export const Duty = ({ assessment, title }: { assessment: Assessment | null | undefined; title?: string }) => {
  const { t } = useTranslation('declaration')
  if (!assessment) return <Empty title={t('noDuty')} />
  const valueOf = (itemNumber: number): readonly TraceStep[] => assessment.items.find((item) => item.itemNumber === itemNumber)?.trace ?? []
  return (
    <Stack>
      <Section title={title ?? t('tab.duty')}>
        <Totals totals={assessment.totals} />
      </Section>
      <Section title={t('message.taxes')} count={assessment.lines.length} flush>
        <div className={css.scroll} role="group" aria-label={t('message.taxes')} tabIndex={0}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col" data-end>
                  {t('column.line')}
                </th>
                <th scope="col">{t('column.tax')}</th>
                <th scope="col" data-end>
                  {t('column.base')}
                </th>
                <th scope="col" data-end>
                  {t('column.rate')}
                </th>
                <th scope="col" data-end>
                  {t('column.assessed')}
                </th>
                <th scope="col" data-end>
                  {t('column.payable')}
                </th>
                <th scope="col">{t('column.method')}</th>
              </tr>
            </thead>
            <tbody>
              {assessment.lines.map((line, at) => (
                <Line key={`${line.itemNumber}${line.type}${at}`} line={line} value={valueOf(line.itemNumber)} />
              ))}
            </tbody>
          </table>
        </div>
      </Section>
    </Stack>
  )
}
