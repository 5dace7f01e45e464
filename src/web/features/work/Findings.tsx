/** What a control found otherwise than declared: line, data element, declared, found. The declared value comes from the declaration. */
import { useTranslation } from 'react-i18next'
import type { DeclarationDocument, DeclarationItem } from '#schema/clearance'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Select, TextField } from '../../ui/fields.tsx'
import type { Found } from './actions.ts'
import css from './work.module.css'

const findingFields = ['description', 'hsCode', 'origin', 'netMassKg', 'grossMassKg', 'packages', 'itemPrice', 'supplementary', 'procedure'] as const

/** What the declaration says in this element of a line, as one reads it. */
export const declaredValue = (item: DeclarationItem | undefined, field: string | undefined): string | undefined => {
  if (!item || !field) return undefined
  if (field === 'packages') return item.packages?.map((p) => [p.count, p.type].filter(Boolean).join(' ')).join(', ') || undefined
  if (field === 'itemPrice') return item.itemPrice && [item.itemPrice.amount, item.itemPrice.currency].filter(Boolean).join(' ')
  if (field === 'supplementary') return item.supplementary && [item.supplementary.value, item.supplementary.unit].filter(Boolean).join(' ')
  const value = item[field as keyof DeclarationItem]
  return typeof value === 'string' ? value : undefined
}

const fieldOf = (finding: Found): string | undefined => finding.path?.split('/')[3]
const withoutEmpty = (finding: Found): Found => Object.fromEntries(Object.entries(finding).filter(([, value]) => value !== undefined)) as Found

/** The finding about this line and element, with what was declared there. */
export const findingFor = (document: DeclarationDocument, itemNumber: number | undefined, field: string | undefined, found: string): Found => {
  const at = document.items.findIndex((item) => item.itemNumber === itemNumber)
  const path = at >= 0 && field ? `/items/${at}/${field}` : undefined
  return withoutEmpty({ itemNumber, path, declared: declaredValue(document.items[at], field), found })
}

export type FindingsProps = { document: DeclarationDocument; value: readonly Found[]; onChange: (value: Found[]) => void }

export const Findings = ({ document, value, onChange }: FindingsProps) => {
  const { t } = useTranslation('work')
  const lines = document.items.map((item) => ({
    value: String(item.itemNumber),
    label: `${item.itemNumber} · ${item.description ?? item.hsCode ?? ''}`.slice(0, 60),
  }))
  const fields = findingFields.map((field) => ({ value: field, label: t(`finding.fields.${field}`) }))
  const change = (at: number, next: Found): void => onChange(value.map((one, n) => (n === at ? next : one)))
  return (
    <div className={css.findings} role="group" aria-label={t('finding.title')}>
      {value.map((finding, at) => (
        // A finding has no name of its own; rows are only added at the end.
        <div key={at} className={css.finding}>
          <Select
            label={t('finding.line')}
            width="m"
            options={lines}
            nothing={t('finding.whole')}
            value={finding.itemNumber === undefined ? '' : String(finding.itemNumber)}
            onChange={(line) => change(at, findingFor(document, line ? Number(line) : undefined, fieldOf(finding), finding.found))}
          />
          <Select
            label={t('finding.field')}
            width="m"
            options={fields}
            nothing={t('finding.otherField')}
            disabled={finding.itemNumber === undefined}
            value={fieldOf(finding) ?? ''}
            onChange={(field) => change(at, findingFor(document, finding.itemNumber, field || undefined, finding.found))}
          />
          <div className={css.declared}>
            <span className="muted">{t('finding.declared')}</span>
            <span className="number">{finding.declared ?? '–'}</span>
          </div>
          <TextField
            label={t('finding.found')}
            width="l"
            maxLength={2000}
            value={finding.found}
            onChange={(found) => change(at, { ...finding, found: found ?? '' })}
          />
          {value.length > 1 && (
            <IconButton
              icon="trash"
              size="sm"
              label={t('finding.remove', { number: at + 1 })}
              onClick={() => onChange(value.filter((_, n) => n !== at))}
            />
          )}
        </div>
      ))}
      <div>
        <Button size="sm" kind="quiet" icon="plus" onClick={() => onChange([...value, { found: '' }])}>
          {t('finding.add')}
        </Button>
      </div>
    </div>
  )
}
