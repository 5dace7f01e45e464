/**
 * `<Diff changes={[{ label: 'Gross mass, line 3', old: '120', new: '112.5' }]} />`: what a field said and what it says now. Old is struck
 * through and marked "old", new is marked "new": readable without colour. `onlyNew`/`onlyOld` follow from null.
 */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import css from './Diff.module.css'

export type FieldDiff = { id?: string; label: string; old: ReactNode | null; new: ReactNode | null; /** who and when */ note?: ReactNode }

export type DiffProps = {
  changes: readonly FieldDiff[]
  /** what the two columns are, where it is not old and new */ heads?: { old: string; new: string }
}

export const Diff = ({ changes, heads }: DiffProps) => {
  const { t } = useTranslation()
  return (
    <table className={css.diff}>
      <thead>
        <tr>
          <th scope="col">{t('diff.field')}</th>
          <th scope="col">{heads?.old ?? t('diff.old')}</th>
          <th scope="col">{heads?.new ?? t('diff.new')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change, at) => (
          <tr key={change.id ?? `${change.label}${at}`}>
            <th scope="row">
              {change.label}
              {change.note && <span className={css.note}>{change.note}</span>}
            </th>
            <td>{change.old === null ? <span className="muted">{t('none')}</span> : <del className={css.old}>{change.old}</del>}</td>
            <td>{change.new === null ? <span className="muted">{t('none')}</span> : <ins className={css.new}>{change.new}</ins>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
