/**
 * Every screen is one `<Page title="Queue" crumbs={[{ label, to }]} actions={…}>…</Page>`. The title is the document's and the bar's, and is
 * read out when one arrives. `fill`: the content takes the height that there is (queues, viewers). `narrow`: for reading and forms.
 * `<ContextPanel title="Why this lane">…</ContextPanel>`: what is shown at the right on demand (key `\`), or in a sheet on small screens.
 */
import { useEffect, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { setPage, usePageState, type Crumb } from './page-store.ts'
import css from './Page.module.css'

export type PageProps = {
  title: string
  crumbs?: readonly Crumb[]
  actions?: ReactNode
  /** a line under the title bar: tabs, filters, a summary */ lead?: ReactNode
  fill?: boolean
  narrow?: boolean
  children: ReactNode
}

const noCrumbs: readonly Crumb[] = []

export const Page = ({ title, crumbs = noCrumbs, actions, lead, fill = false, narrow = false, children }: PageProps) => {
  const trail = crumbs.map((crumb) => crumb.label + crumb.to).join()
  useEffect(() => {
    setPage({ title, crumbs })
    // The trail is compared by what it says: a new array of the same crumbs is no change.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [title, trail])
  return (
    <div className={css.page} data-fill={fill || undefined} data-narrow={narrow || undefined}>
      <p className="print-only" aria-hidden="true">
        {title}
      </p>
      {(lead || actions) && (
        <div className={css.lead}>
          <div className={css.leadMain}>{lead}</div>
          {actions && <div className={css.actions}>{actions}</div>}
        </div>
      )}
      {children}
    </div>
  )
}

export type ContextPanelProps = { title: string; initiallyOpen?: boolean; children: ReactNode }

export const ContextPanel = ({ title, initiallyOpen = false, children }: ContextPanelProps) => {
  const { panelNode, panelOpen } = usePageState()
  useEffect(() => setPage({ panel: title }), [title])
  useEffect(() => {
    if (initiallyOpen) setPage({ panelOpen: true })
    return () => setPage({ panel: null, panelOpen: false })
  }, [initiallyOpen])
  return panelNode && panelOpen ? createPortal(children, panelNode) : null
}

/** Opens or closes the panel: for a button on the page ("Why this lane?"). */
export const showPanel = (open: boolean): void => setPage({ panelOpen: open })
