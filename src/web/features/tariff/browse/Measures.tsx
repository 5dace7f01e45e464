// Measures of a code as rows: what, for whom, how much, on which conditions, and why.
import { useTranslation } from 'react-i18next'
import type { ShownMeasure, Why } from '#schema/trade'
import { StatusBadge, type Tone } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Empty } from '../../../ui/Layout.tsx'
import { LegalDate } from '../../../ui/Values.tsx'
import { useCodeName } from '../../declaration/codes.ts'
import { useTypeName } from '../words.ts'
import css from './browse.module.css'

const tones: Readonly<Record<ShownMeasure['status'], Tone>> = {
  applies: 'ok',
  'on-claim': 'info',
  'on-code': 'info',
  'on-condition': 'warning',
  not: 'neutral',
}

const Reason = ({ reason }: { reason: Why }) => {
  const { t } = useTranslation('tariff')
  // Reasons come from the server; one that has no words yet shows as it is.
  const say = t as (key: string, params: Record<string, string>) => string
  return <li>{say(`why.${reason.why}`, { ...reason.params, defaultValue: reason.why })}</li>
}

const Conditions = ({ measure }: { measure: ShownMeasure }) => {
  const { t } = useTranslation('tariff')
  if (!measure.conditions || measure.conditions.length === 0) return null
  return (
    <details>
      <summary>{t('conditions', { count: measure.conditions.length })}</summary>
      <ol className={css.why}>
        {measure.conditions.map((c) => (
          <li key={`${c.code}${c.sequence}`}>
            <span className="mono">{c.code}</span> {c.certificate ? `${c.certificate}${c.certificateName ? ` ${c.certificateName}` : ''}` : ''}
            {c.threshold ? [c.threshold.amount, c.threshold.currency, c.threshold.unit].filter(Boolean).join(' ') : ''}
            {!c.certificate && !c.threshold ? t('otherwise') : ''} → {t(`effect.${c.effect}`)} {c.rate && <bdi>{c.rate}</bdi>}
          </li>
        ))}
      </ol>
    </details>
  )
}

const Row = ({ m, onEdit }: { m: ShownMeasure; onEdit?: (id: string) => void }) => {
  const { t } = useTranslation('tariff')
  const typeName = useTypeName()
  const country = useCodeName('country')
  return (
    <tr>
      <td>
        {typeName(m.type, m.typeName)} <span className="mono muted">{m.type}</span>
        <p className={css.small}>
          {[
            m.taxType,
            m.orderNumber && t('order', { order: m.orderNumber }),
            m.additionalCode && `${m.additionalCode.code} ${m.additionalCode.name ?? ''}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <Conditions measure={m} />
      </td>
      <td>
        <bdi>{country(m.area) ?? m.areaName ?? m.area}</bdi> <span className="mono muted">{m.area}</span>
        {m.excluded && <p className={css.small}>{t('without', { areas: m.excluded.join(', ') })}</p>}
      </td>
      <td>
        <bdi className={css.rate}>{m.rate || (m.supplementaryUnit ?? t('none'))}</bdi>
        {m.documents && <p className={css.small}>{m.documents.join(', ')}</p>}
        {m.footnotes?.map((f) => (
          <p key={f.code} className={css.small}>
            <span className="mono">{f.code}</span> {f.text}
          </p>
        ))}
      </td>
      <td>
        <StatusBadge tone={tones[m.status]}>{t(`status.${m.status}`)}</StatusBadge>
        <ul className={css.why}>
          {m.why.map((reason) => (
            <Reason key={reason.why + JSON.stringify(reason.params)} reason={reason} />
          ))}
        </ul>
      </td>
      <td>
        <bdi>{m.source}</bdi>
        <p className={css.small}>
          <LegalDate date={m.validFrom} /> – {m.validTo ? <LegalDate date={m.validTo} /> : t('open')}
        </p>
        {onEdit && (
          <Button size="sm" onClick={() => onEdit(m.id)} aria-label={t('changeThis', { type: typeName(m.type, m.typeName), area: m.area })}>
            {t('change')}
          </Button>
        )}
      </td>
    </tr>
  )
}

export const Measures = ({ measures, onEdit }: { measures: readonly ShownMeasure[]; onEdit?: (id: string) => void }) => {
  const { t } = useTranslation('tariff')
  if (measures.length === 0) return <Empty title={t('noMeasures')} />
  return (
    <div className={css.scroll} role="group" aria-label={t('measuresTable')} tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('column.type')}</th>
            <th scope="col">{t('column.area')}</th>
            <th scope="col">{t('column.rate')}</th>
            <th scope="col">{t('column.why')}</th>
            <th scope="col">{t('column.law')}</th>
          </tr>
        </thead>
        <tbody>
          {measures.map((m) => (
            <Row key={m.id} m={m} {...(onEdit && { onEdit })} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
