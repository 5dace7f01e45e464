/** Figures at a glance, each with what stands behind it. */
import type { ReactNode } from 'react'
import css from './risk.module.css'

type Figure = { label: string; value: ReactNode; note?: string | undefined }

export const Figures = ({ items }: { items: readonly Figure[] }) => (
  <dl className={css.figures}>
    {items.map(({ label, value, note }) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>
          {value}
          {note && <small>{note}</small>}
        </dd>
      </div>
    ))}
  </dl>
)
