/** Chooses the colleague who takes work over; only for who shares it out. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '../../app/api.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select } from '../../ui/fields.tsx'

export type Colleague = { personId: string; name: string; roles: string[]; offices: string[] }

export const useColleagues = (enabled: boolean): readonly Colleague[] =>
  useQuery({
    queryKey: ['work', 'colleagues'],
    queryFn: ({ signal }) => get<Colleague[]>('/api/work/colleagues', {}, { signal }),
    enabled,
    staleTime: 300_000,
  }).data ?? []

type GiveDialogProps = { count: number; onClose: () => void; onGive: (to: Colleague) => Promise<void> }

export const GiveDialog = ({ count, onClose, onGive }: GiveDialogProps) => {
  const { t } = useTranslation(['work', 'common'])
  const colleagues = useColleagues(true)
  const [chosen, setChosen] = useState<string>()
  const [pending, setPending] = useState(false)
  const to = colleagues.find((one) => one.personId === chosen)
  const give = async (): Promise<void> => {
    if (!to) return
    setPending(true)
    await onGive(to)
    setPending(false)
  }
  return (
    <Dialog
      open
      title={t('work:queue.giveTitle')}
      onClose={onClose}
      size="sm"
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" disabled={!to} pending={pending} onClick={() => void give()}>
            {t('work:queue.give')}
          </Button>
        </>
      }
    >
      <p>{t('work:queue.giveText', { count })}</p>
      <Select
        label={t('work:queue.colleague')}
        width="full"
        options={colleagues.map((one) => ({ value: one.personId, label: one.name }))}
        value={chosen}
        onChange={(id) => setChosen(id || undefined)}
      />
    </Dialog>
  )
}
