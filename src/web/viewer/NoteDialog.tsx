/** The words of a note on the image. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/fields.tsx'

export const NoteDialog = ({ onDone }: { /** empty: no note after all */ onDone: (text: string) => void }) => {
  const { t } = useTranslation(['viewer', 'common'])
  const [text, setText] = useState('')
  return (
    <Dialog
      open
      size="sm"
      title={t('marks.note')}
      onClose={() => onDone('')}
      actions={
        <>
          <Button onClick={() => onDone('')}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" form="viewer-note">
            {t('marks.keep')}
          </Button>
        </>
      }
    >
      <form
        id="viewer-note"
        onSubmit={(event) => {
          event.preventDefault()
          onDone(text.trim())
        }}
      >
        <TextField label={t('marks.note')} value={text} maxLength={80} autoFocus onChange={(next) => setText(next ?? '')} />
      </form>
    </Dialog>
  )
}
