/** An arming that was asked for: it waits for a report of the seal, and says what its reports have not shown yet. */
import { useTranslation } from 'react-i18next'
import type { Trip } from '#schema/supervision'
import type texts from '../../i18n/en/supervision.ts'
import { Note } from '../../ui/Layout.tsx'

type Lack = keyof (typeof texts)['arming']['lacks']

export const Arming = ({ trip: { arming } }: { trip: Trip }) => {
  const { t } = useTranslation('supervision')
  if (!arming) return null
  const lacks = arming.missing.map((code) => t(`arming.lacks.${code.replace('supervision.', '') as Lack}`, { defaultValue: code }))
  return (
    <Note title={t('arming.title')} tone={lacks.length > 0 ? 'warning' : 'info'} live>
      <p>{t('arming.text', { name: arming.by.name })}</p>
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
