/** `<OriginHelp asked={{ code, origin }} onTake={(claim) => …} />`: a button beside a claim that opens the origin assistant for these goods. */
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Loading } from '../../../ui/Layout.tsx'
import type { Asked } from './Assistant.tsx'

const Assistant = lazy(async () => ({ default: (await import('./Assistant.tsx')).Assistant }))

export type OriginHelpProps = { label: string; asked: Asked; onTake: (claim: { preference: string; quotaOrder?: string }) => void }

const Body = ({ asked, onTake }: Omit<OriginHelpProps, 'label'>) => {
  const { t } = useTranslation('quota')
  return (
    // The dialog stands within the form that is filed: what is asked here must not send it.
    <div onSubmit={(event) => event.stopPropagation()}>
      <p>{t('origin.lead')}</p>
      <Assistant initial={asked} onTake={onTake} />
    </div>
  )
}

export const OriginHelp = ({ label, asked, onTake }: OriginHelpProps) => {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="sm" icon="help" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog open={open} title={label} size="xl" onClose={() => setOpen(false)}>
        <Suspense fallback={<Loading />}>
          <Body
            asked={asked}
            onTake={(claim) => {
              onTake(claim)
              setOpen(false)
            }}
          />
        </Suspense>
      </Dialog>
    </>
  )
}
