/** Somebody has seen an alarm or an alert, and says what became of it. */
import type { QueryKey } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'

type AcknowledgeProps = { path: string; /** the list it stands in */ refresh: QueryKey; title: string; text: string; onClose: () => void }

export const Acknowledge = ({ path, refresh, title, text, onClose }: AcknowledgeProps) => {
  const { t } = useTranslation('centre')
  const words = { title, label: t('sort.remarks'), confirm: t('sort.acknowledge'), done: t('sort.acknowledged'), about: <p>{text}</p> }
  return <ReasonDialog asked={{ ...words, path, field: 'remarks', refresh: [refresh] }} onClose={onClose} />
}
