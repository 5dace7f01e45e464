/**
 * The pieces a page is laid out with.
 * `<Section title="Parties" actions={…} count={3} collapsible>…</Section>`: a titled block; `flush` lets a table reach its edges
 * `<KeyValue items={[{ label: 'Importer', value: 'Meridian', id: '/importer' }]} columns={3} />`: facts at a glance
 * `<Summary>` puts KeyValue-like facts in one line at the head of a case · `<Columns>` side by side where there is room
 * `<Empty title="Nothing waits" text="…" action={…} />` · `<Note tone="warning">…</Note>` · `<Loading label="…" />`
 */
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Count, type Tone } from './Badge.tsx'
import { IconButton } from './Button.tsx'
import { Icon } from './Icon.tsx'
import css from './Layout.module.css'

export type SectionProps = {
  title: string
  level?: 2 | 3
  count?: number
  actions?: ReactNode
  flush?: boolean
  collapsible?: boolean
  initiallyClosed?: boolean
  children: ReactNode
}

export const Section = ({
  title,
  level = 2,
  count,
  actions,
  flush = false,
  collapsible = false,
  initiallyClosed = false,
  children,
}: SectionProps) => {
  const id = useId()
  const { t } = useTranslation()
  const [open, setOpen] = useState(!initiallyClosed)
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section className={css.section} aria-labelledby={id}>
      <div className={css.sectionHead}>
        {collapsible && (
          <IconButton
            size="sm"
            icon={open ? 'chevron-down' : 'chevron-end'}
            label={open ? t('collapse', { what: title }) : t('expand', { what: title })}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          />
        )}
        <Heading id={id}>{title}</Heading>
        {count !== undefined && <Count value={count} />}
        {actions && <div className={css.sectionActions}>{actions}</div>}
      </div>
      {open && (
        <div className={css.sectionBody} data-flush={flush || undefined}>
          {children}
        </div>
      )}
    </section>
  )
}

export type Fact = { label: string; value: ReactNode; /** React key when labels repeat */ id?: string; /** takes the whole width */ wide?: boolean }
export type KeyValueProps = { items: readonly Fact[]; /** most columns side by side */ columns?: 1 | 2 | 3 | 4 }

export const KeyValue = ({ items, columns = 3 }: KeyValueProps) => (
  <dl className={css.facts} data-columns={columns}>
    {items.map((fact) => (
      <div key={fact.id ?? fact.label} data-wide={fact.wide || undefined}>
        <dt>{fact.label}</dt>
        <dd>{fact.value}</dd>
      </div>
    ))}
  </dl>
)

/** The head of a case: what fits a glance. */
export const Summary = ({ children }: { children: ReactNode }) => <div className={css.summary}>{children}</div>
export const SummaryFact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={css.summaryFact}>
    <span className={css.summaryLabel}>{label}</span>
    <span className={css.summaryValue}>{children}</span>
  </div>
)

/** Main matter and, beside it where there is room, what accompanies it. */
export const Columns = ({ children, aside }: { children: ReactNode; aside?: ReactNode }) => (
  <div className={css.columns} data-aside={aside ? true : undefined}>
    <div className={css.stack}>{children}</div>
    {aside && <div className={css.stack}>{aside}</div>}
  </div>
)

export const Stack = ({ children }: { children: ReactNode }) => <div className={css.stack}>{children}</div>
export const Row = ({ children, end = false }: { children: ReactNode; /** pushed to the end of the line */ end?: boolean }) => (
  <div className={css.row} data-end={end || undefined}>
    {children}
  </div>
)

export type EmptyProps = { title: string; text?: string; action?: ReactNode }
export const Empty = ({ title, text, action }: EmptyProps) => (
  <div className={css.empty}>
    <p className={css.emptyTitle}>{title}</p>
    {text && <p className="muted">{text}</p>}
    {action && <div>{action}</div>}
  </div>
)

export type NoteProps = {
  tone?: Exclude<Tone, 'accent'>
  title?: string
  children?: ReactNode
  actions?: ReactNode
  /** spoken at once */ live?: boolean
}
export const Note = ({ tone = 'info', title, children, actions, live = false }: NoteProps) => (
  <div className={css.note} data-tone={tone} role={live ? 'status' : undefined}>
    <Icon name={tone === 'ok' ? 'check' : tone === 'warning' || tone === 'danger' ? 'warning' : 'info'} />
    <div className={css.noteBody}>
      {title && <p className={css.noteTitle}>{title}</p>}
      {children && <div>{children}</div>}
    </div>
    {actions && <div className={css.noteActions}>{actions}</div>}
  </div>
)

export const Loading = ({ label }: { label?: string }) => {
  const { t } = useTranslation()
  return (
    <div className={css.loading} role="status">
      <span className={css.loadingBar} aria-hidden="true" />
      <span className="visually-hidden">{label ?? t('loading')}</span>
    </div>
  )
}
