// The panel at the end of the line: context on demand. The page draws into it.
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/Button.tsx'
import { setPage } from '../../ui/page-store.ts'
import css from './panel.module.css'

const take = (node: HTMLDivElement | null): void => setPage({ panelNode: node })

export const Panel = ({ title }: { title: string }) => {
  const { t } = useTranslation()
  return (
    <aside className={css.panel} aria-label={title}>
      <div className={css.panelHead}>
        <h2>{title}</h2>
        <IconButton size="sm" icon="close" label={t('close')} shortcut="\" onClick={() => setPage({ panelOpen: false })} />
      </div>
      <div ref={take} className={css.panelBody} />
    </aside>
  )
}
