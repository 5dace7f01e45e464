// Goods lines at a glance; each unfolds to everything that was declared on it.
import { useTranslation } from 'react-i18next'
import type { DeclarationItem } from '#schema/clearance'
import { Empty, KeyValue, Section } from '../../ui/Layout.tsx'
import { Mass, Quantity } from '../../ui/Values.tsx'
import { useCodeName } from './codes.ts'
import { differences, inOneLine, useElementLabel } from './elements.ts'
import css from './declaration.module.css'

const inTable = new Set(['/itemNumber', '/description', '/hsCode', '/taricCode', '/origin', '/procedure', '/netMassKg', '/grossMassKg', '/itemPrice'])

const Everything = ({ item }: { item: DeclarationItem }) => {
  const { t } = useTranslation('declaration')
  const label = useElementLabel()
  const facts = differences({}, item)
    .filter(({ path }) => !inTable.has(path))
    .flatMap(({ path, new: value }) =>
      Array.isArray(value) ? value.map((one: unknown, at) => ({ path: `${path}/${at}`, value: one })) : [{ path, value }],
    )
    .flatMap(({ path, value }) => {
      const text = inOneLine(value)
      return text === null ? [] : [{ id: path, label: label(path), value: text }]
    })
  if (facts.length === 0) return null
  return (
    <details className={css.fold}>
      <summary>{t('section.everything')}</summary>
      <KeyValue items={facts} columns={3} />
    </details>
  )
}

const Row = ({ item }: { item: DeclarationItem }) => {
  const country = useCodeName('country')
  const packages = useCodeName('package-type')
  return (
    <tr>
      <th scope="row" data-end>
        {item.itemNumber}
      </th>
      <td>
        <span className={css.goods}>{item.description}</span>
        <Everything item={item} />
      </td>
      <td>
        <span className="mono" dir="ltr">
          {[item.hsCode, item.taricCode].filter(Boolean).join(' ')}
        </span>
      </td>
      <td title={country(item.origin ?? item.preferentialOrigin)}>{item.origin ?? item.preferentialOrigin}</td>
      <td className="mono">{item.procedure}</td>
      <td data-end>
        <Quantity value={item.itemPrice?.amount} unit={item.itemPrice?.currency ?? ''} />
      </td>
      <td data-end>
        <Mass kg={item.netMassKg} />
      </td>
      <td data-end>
        <Mass kg={item.grossMassKg} />
      </td>
      <td data-end>
        {item.packages?.map((one, at) => (
          <span key={at} title={packages(one.type)}>
            {[one.count, one.type].filter(Boolean).join(' ')}{' '}
          </span>
        ))}
      </td>
    </tr>
  )
}

export const Goods = ({ items }: { items: readonly DeclarationItem[] }) => {
  const { t } = useTranslation('declaration')
  if (items.length === 0) return <Empty title={t('noLines')} />
  return (
    <Section title={t('tab.goods')} count={items.length} flush>
      <div className={css.scroll} role="group" aria-label={t('tab.goods')} tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col" data-end>
                {t('column.line')}
              </th>
              <th scope="col">{t('column.goods')}</th>
              <th scope="col">{t('column.code')}</th>
              <th scope="col">{t('column.origin')}</th>
              <th scope="col">{t('column.procedure')}</th>
              <th scope="col" data-end>
                {t('column.price')}
              </th>
              <th scope="col" data-end>
                {t('column.net')}
              </th>
              <th scope="col" data-end>
                {t('column.gross')}
              </th>
              <th scope="col" data-end>
                {t('column.packages')}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <Row key={item.itemNumber} item={item} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
