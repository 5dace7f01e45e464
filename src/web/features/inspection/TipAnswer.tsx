/** What a practice image was, told at once: a hit, a miss, a false alarm or a correct reject. */
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#schema/inspection'
import type texts from '../../i18n/en/centre.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

export const TipAnswer = ({ tip: { answer, category }, onGoOn }: { tip: NonNullable<CaseView['tip']>; onGoOn: () => void }) => {
  const { t } = useTranslation('centre')
  const what = t(`threat.${category as keyof (typeof texts)['threat']}`, { defaultValue: category })
  return (
    <Dialog
      open
      title={t(`tip.${answer}`)}
      onClose={onGoOn}
      actions={
        <Button kind="primary" onClick={onGoOn}>
          {t('tip.goOn')}
        </Button>
      }
    >
      <p>{answer === 'miss' ? t('tip.missText', { what }) : t(`tip.${answer}Text`)}</p>
    </Dialog>
  )
}
