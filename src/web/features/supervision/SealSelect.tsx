/** Which seal of a trip is meant; nothing is asked where it has one. */
import { useTranslation } from 'react-i18next'
import type { Trip } from '#schema/supervision'
import { Select } from '../../ui/fields.tsx'

type Props = { trip: Trip; value: string | undefined; onChange: (sealId: string) => void }

export const SealSelect = ({ trip: { seals }, value, onChange }: Props) => {
  const { t } = useTranslation('supervision')
  if (seals.length < 2) return null
  return (
    <Select
      label={t('act.whichSeal')}
      options={seals.map(({ sealId, place }) => ({ value: sealId, label: place ? `${sealId}, ${place}` : sealId }))}
      value={value}
      onChange={(next) => next !== undefined && onChange(next)}
    />
  )
}
