/**
 * `<Dialog open title="Seize the goods" onClose={…} actions={<Button …/>}>…</Dialog>`: over the page, focus kept inside, Escape closes.
 * `const ask = useConfirm(); if (await ask({ title, text, confirm: t('delete'), danger: true })) …`: yes or no, the safe answer first.
 */
import { Modal } from '@mantine/core'
import { createContext, useCallback, useContext, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from './Button.tsx'
import css from './Dialog.module.css'

export type DialogProps = {
  open: boolean
  title: string
  onClose: () => void
  /** buttons at the foot, the safe one first */ actions?: ReactNode
  size?: 'sm' | 'md' | 'lg' | 'xl'
  children: ReactNode
  /** not closed by Escape or a click beside it */ firm?: boolean
}

export const Dialog = ({ open, title, onClose, actions, size = 'md', children, firm = false }: DialogProps) => {
  const { t } = useTranslation()
  return (
    <Modal.Root
      opened={open}
      onClose={onClose}
      size={size}
      centered
      closeOnClickOutside={!firm}
      closeOnEscape={!firm}
      classNames={{ content: css.content }}
    >
      <Modal.Overlay backgroundOpacity={0.45} />
      <Modal.Content>
        {/* Not Modal.Header: a header element would be a second banner beside that of the page. */}
        <div className={css.header}>
          <Modal.Title className={css.title}>{title}</Modal.Title>
          {!firm && <IconButton size="sm" icon="close" label={t('close')} onClick={onClose} />}
        </div>
        <Modal.Body className={css.body}>
          {children}
          {actions && <div className={css.actions}>{actions}</div>}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

export type Question = { title: string; text?: ReactNode; confirm: string; cancel?: string; danger?: boolean }
type Ask = (question: Question) => Promise<boolean>
const ConfirmContext = createContext<Ask>(async () => false)
export const useConfirm = (): Ask => useContext(ConfirmContext)

/** Once in the shell. */
export const ConfirmProvider = ({ children }: { children: ReactNode }) => {
  const { t } = useTranslation()
  const [open, setOpen] = useState<(Question & { answer: (yes: boolean) => void }) | null>(null)
  const ask = useCallback<Ask>((question) => new Promise((resolve) => setOpen({ ...question, answer: resolve })), [])
  const answer = (yes: boolean): void => {
    open?.answer(yes)
    setOpen(null)
  }
  return (
    <ConfirmContext value={ask}>
      {children}
      <Dialog
        open={open !== null}
        title={open?.title ?? ''}
        onClose={() => answer(false)}
        size="sm"
        actions={
          <>
            <Button onClick={() => answer(false)} data-autofocus>
              {open?.cancel ?? t('cancel')}
            </Button>
            <Button kind={open?.danger ? 'danger' : 'primary'} onClick={() => answer(true)}>
              {open?.confirm ?? ''}
            </Button>
          </>
        }
      >
        {open?.text}
      </Dialog>
    </ConfirmContext>
  )
}
