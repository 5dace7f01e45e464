// Goods: the lines, totals that are computed and compared, one line in full.
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeclarationDocument, DeclarationItem } from '#schema/clearance'
import { formatDecimal, parseDecimal } from '../../../i18n/format.ts'
import { StatusBadge } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { DecimalField, MoneyField } from '../../../ui/fields.tsx'
import type { FormApi } from '../../../ui/form.tsx'
import { Empty, Row, Section, Stack } from '../../../ui/Layout.tsx'
import { PasteRows } from '../../../ui/PasteRows.tsx'
import type { PasteColumn, PastedRow } from '../../../ui/spreadsheet.ts'
import { toast } from '../../../ui/toast.tsx'
import { nextItem, sameNumber, splitCommodity, totalsOf, type Totals } from './document.ts'
import { LineDetail } from './LineDetail.tsx'
import { LineGrid } from './LineGrid.tsx'
import css from './filing.module.css'

type GoodsProps = { form: FormApi<DeclarationDocument>; line: number | null; onLine: (at: number | null) => void; pasteFirst: boolean }

const mostLines = 999

const usePasteColumns = (): readonly PasteColumn[] => {
  const { t, i18n } = useTranslation('filing')
  return useMemo(() => {
    const number = (text: string): string | null => parseDecimal(text, i18n.language)
    const code =
      (pattern: RegExp) =>
      (text: string): string | null =>
        pattern.test(text.trim().toUpperCase()) ? text.trim().toUpperCase() : null
    const commodity = (text: string): string | null => (/^\d{4,10}$/.test(text.replace(/[\s.]/g, '')) ? text.replace(/[\s.]/g, '') : null)
    return [
      {
        id: 'commodity',
        label: t('paste.commodity'),
        aliases: ['hs', 'hs code', 'tariff', 'commodity', 'taric', 'hscode', 'code'],
        required: true,
        parse: commodity,
      },
      { id: 'description', label: t('paste.description'), aliases: ['goods', 'item', 'article', 'description of goods'] },
      { id: 'origin', label: t('paste.origin'), aliases: ['country of origin', 'coo'], parse: code(/^[A-Z]{2}$/) },
      { id: 'price', label: t('paste.price'), aliases: ['amount', 'value', 'item price', 'line total'], parse: number },
      { id: 'currency', label: t('paste.currency'), aliases: ['cur', 'ccy'], parse: code(/^[A-Z]{3}$/) },
      { id: 'net', label: t('paste.net'), aliases: ['net', 'net weight', 'net mass', 'net kg'], parse: number },
      { id: 'gross', label: t('paste.gross'), aliases: ['gross', 'gross weight', 'gross mass', 'gross kg'], parse: number },
      { id: 'count', label: t('paste.count'), aliases: ['pkgs', 'cartons', 'colli', 'number of packages'], parse: number },
      { id: 'type', label: t('paste.type'), aliases: ['package type', 'packaging'], parse: code(/^[A-Z0-9]{2}$/) },
      { id: 'marks', label: t('paste.marks'), aliases: ['shipping marks'] },
      { id: 'quantity', label: t('paste.quantity'), aliases: ['qty', 'pieces', 'quantity', 'units'], parse: number },
      { id: 'procedure', label: t('paste.procedure'), aliases: ['cpc'], parse: code(/^\d{4}$/) },
    ]
  }, [t, i18n.language])
}

const pastedItem = ({ values }: PastedRow, base: DeclarationItem): DeclarationItem => ({
  ...base,
  ...splitCommodity(values['commodity']),
  ...(values['description'] && { description: values['description'] }),
  ...(values['origin'] && { origin: values['origin'] }),
  ...(values['procedure'] && { procedure: values['procedure'] }),
  ...(values['net'] && { netMassKg: values['net'] }),
  ...(values['gross'] && { grossMassKg: values['gross'] }),
  ...(values['quantity'] && { supplementary: { value: values['quantity'] } }),
  ...(values['price'] && {
    itemPrice: {
      amount: values['price'],
      ...((values['currency'] ?? base.itemPrice?.currency) && { currency: values['currency'] ?? base.itemPrice?.currency }),
    },
  }),
  ...((values['count'] ?? values['type'] ?? values['marks']) && {
    packages: [
      {
        sequence: 1,
        ...base.packages?.[0],
        ...(values['type'] && { type: values['type'] }),
        ...(values['count'] && { count: values['count'] }),
        ...(values['marks'] && { marks: values['marks'] }),
      },
    ],
  }),
})

type TotalName = 'packages' | 'gross' | 'price'
const totalPath: Record<TotalName, string> = { packages: '/totalPackages', gross: '/totalGrossMassKg', price: '/invoiceTotal' }
const declaredOf = (document: DeclarationDocument, name: TotalName): string | undefined =>
  name === 'packages' ? document.totalPackages : name === 'gross' ? document.totalGrossMassKg : document.invoiceTotal?.amount

const take = (form: FormApi<DeclarationDocument>, name: TotalName, sum: string, ofLines: string | undefined): void => {
  const currency = ofLines ?? form.value.invoiceTotal?.currency
  form.set(totalPath[name], name === 'price' ? { amount: sum, ...(currency && { currency }) } : sum)
}

/** A declared total that agreed with the lines, or was empty, goes with them; one that somebody typed otherwise stays as it is. */
const useFollowing = (form: FormApi<DeclarationDocument>, totals: Totals): void => {
  // The last sum that could be computed: while a line is half typed there is none.
  const last = useRef<Partial<Record<TotalName, string>>>({})
  // Only the lines' own sums move the totals; typing a total must not.
  const latest = useRef(form)
  latest.current = form
  const packages = totals.packages.value
  const price = totals.price.value
  const { currency } = totals
  useEffect(() => {
    const now = latest.current
    for (const [name, computed] of [['packages', packages] as const, ['price', price] as const]) {
      const declared = declaredOf(now.value, name)
      if (computed === null) continue
      const followed = declared === undefined || sameNumber(declared, last.current[name])
      const lacksCurrency = name === 'price' && currency !== undefined && now.value.invoiceTotal?.currency === undefined
      if ((followed && !sameNumber(declared, computed)) || (lacksCurrency && (followed || sameNumber(declared, computed))))
        take(now, name, computed, currency)
      last.current[name] = computed
    }
  }, [packages, price, currency])
}

const TotalsTable = ({ form, totals }: { form: FormApi<DeclarationDocument>; totals: Totals }) => {
  const { t, i18n } = useTranslation('filing')
  const names = { packages: t('field.totalPackages'), gross: t('field.totalGross'), price: t('field.invoiceTotal') }
  return (
    <Section title={t('section.totals')} flush>
      <table className={css.totals}>
        <thead>
          <tr>
            <th scope="col">{t('section.totals')}</th>
            <th scope="col">{t('totals.computed')}</th>
            <th scope="col">{t('totals.declared')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('totals.fits')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {(['packages', 'price', 'gross'] as const).map((name) => {
            const { value, mixed } = totals[name]
            const declared = declaredOf(form.value, name)
            const fits = sameNumber(value, declared)
            return (
              <tr key={name}>
                <th scope="row">{names[name]}</th>
                <td className="number">
                  {value === null ? (
                    <span className="muted">{mixed ? t('totals.mixed') : t('totals.unknown')}</span>
                  ) : (
                    `${formatDecimal(value, i18n.language)} ${name === 'gross' ? 'kg' : name === 'price' ? (totals.currency ?? '') : ''}`
                  )}
                </td>
                <td>
                  {name === 'price' ? (
                    <MoneyField path="/invoiceTotal" label={names.price} code="DE 4/11" />
                  ) : (
                    <DecimalField
                      path={totalPath[name]}
                      label={names[name]}
                      unit={name === 'gross' ? 'kg' : undefined}
                      optional={name === 'gross'}
                      code={name === 'packages' ? 'DE 6/18' : undefined}
                    />
                  )}
                </td>
                <td>
                  {value !== null && declared !== undefined && (
                    <StatusBadge tone={fits ? 'ok' : 'warning'}>{fits ? t('totals.fits') : t('totals.differs')}</StatusBadge>
                  )}{' '}
                  {value !== null && !fits && (
                    <Button size="sm" onClick={() => take(form, name, value, totals.currency)}>
                      {t('totals.take')}
                    </Button>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Section>
  )
}

export const GoodsStep = ({ form, line, onLine, pasteFirst }: GoodsProps) => {
  const { t } = useTranslation(['filing', 'common'])
  const document = form.value
  const { items } = document
  const [pasting, setPasting] = useState(pasteFirst)
  const columns = usePasteColumns()
  const totals = useMemo(() => totalsOf(document), [document])
  useFollowing(form, totals)
  const setItems = (next: readonly DeclarationItem[]): void =>
    form.set(
      '/items',
      next.map((item, at) => (item.itemNumber === at + 1 ? item : { ...item, itemNumber: at + 1 })),
    )
  const add = (): void => setItems([...items, nextItem(document)])
  const open = line === null ? undefined : items[line]
  const remove = (at: number): void => {
    const before = items
    setItems(items.filter((_, i) => i !== at))
    onLine(null)
    toast(t('list.removed', { number: at + 1 }), { action: { label: t('common:undo'), run: () => setItems(before) } })
  }
  return (
    <Stack>
      <Section title={t('step.goods')} count={items.length} flush>
        {items.length === 0 ? (
          <Empty
            title={t('list.empty')}
            text={t('list.emptyText')}
            action={
              <Row>
                <Button icon="plus" onClick={add}>
                  {t('list.addLine')}
                </Button>
                <Button icon="copy" onClick={() => setPasting(true)}>
                  {t('list.paste')}
                </Button>
              </Row>
            }
          />
        ) : (
          <>
            <LineGrid
              items={items}
              currency={document.invoiceTotal?.currency}
              open={line}
              onOpen={(at) => onLine(at === line ? null : at)}
              onItem={(at, item) => form.set(`/items/${at}`, item)}
              onTouch={form.touch}
              onAdd={add}
              wrongPaths={form.shown.filter((issue) => issue.severity === 'error').map((issue) => issue.path)}
            />
            <div className={css.toolbar}>
              <Button size="sm" icon="plus" disabled={items.length >= mostLines} onClick={add}>
                {t('list.addLine')}
              </Button>
              <Button size="sm" icon="copy" disabled={items.length >= mostLines} onClick={() => setPasting(true)}>
                {t('list.paste')}
              </Button>
              <span className={css.hint}>{t('list.keys')}</span>
            </div>
          </>
        )}
      </Section>
      {open && line !== null && (
        <Section
          title={t('section.lineDetail', { number: line + 1 })}
          actions={
            <>
              <Button size="sm" disabled={line === 0} onClick={() => onLine(line - 1)}>
                {t('list.previousLine')}
              </Button>
              <Button size="sm" disabled={line === items.length - 1} onClick={() => onLine(line + 1)}>
                {t('list.nextLine')}
              </Button>
              <Button size="sm" onClick={() => setItems([...items.slice(0, line + 1), structuredClone(open), ...items.slice(line + 1)])}>
                {t('list.duplicate')}
              </Button>
              <Button size="sm" icon="trash" onClick={() => remove(line)}>
                {t('list.removeLine')}
              </Button>
            </>
          }
        >
          <LineDetail key={line} at={line} item={open} />
        </Section>
      )}
      <TotalsTable form={form} totals={totals} />
      <PasteRows
        open={pasting}
        columns={columns}
        most={mostLines - items.length}
        onClose={() => setPasting(false)}
        onRows={(rows) => setItems([...items, ...rows.map((row) => pastedItem(row, nextItem(document)))])}
      />
    </Stack>
  )
}
