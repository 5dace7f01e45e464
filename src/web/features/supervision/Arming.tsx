/** An arming that was asked for: it waits for reports of all seals, and says of each what its reports have not shown yet. */
import { useTranslation } from 'react-i18next'
import type { Trip } from '#schema/supervision'
import type texts from '../../i18n/en/supervision.ts'
import { Note } from '../../ui/Layout.tsx'

type Lack = keyof (typeof texts)['arming']['lacks']

export const Arming = ({ trip: { arming, seals } }: { trip: Trip }) => {
  const { t } = useTranslation('supervision')
  if (!arming) return null
  const lacks = arming.missing.map(({ sealId, code }) => {
    const lack = t(`arming.lacks.${code.replace('supervision.', '') as Lack}`, { defaultValue: code })
    return seals.length > 1 ? t('arming.ofSeal', { seal: sealId, lack }) : lack
  })
  return (
    <Note title={t(seals.length > 1 ? 'arming.titleAll' : 'arming.title')} tone={lacks.length > 0 ? 'warning' : 'info'} live>
      <p>{t(seals.length > 1 ? 'arming.textAll' : 'arming.text', { name: arming.by.name })}</p>
      {lacks.length > 0 && (
        <>
          <p>{t('arming.missing')}</p>
          <ul>
            {lacks.map((lack) => (
              <li key={lack}>{lack}</li>
            ))}
          </ul>
        </>
      )}
    </Note>
  )
}
