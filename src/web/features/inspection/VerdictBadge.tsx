/** What the first pass of a model says of an image; nothing while none has looked. */
import { useTranslation } from 'react-i18next'
import type { Verdict } from '#schema/inspection'
import { StatusBadge, type Tone } from '../../ui/Badge.tsx'

const tones: Record<Verdict, Tone> = { clear: 'ok', review: 'warning', divert: 'danger' }

export const VerdictBadge = ({ verdict }: { verdict: Verdict | null }) => {
  const { t } = useTranslation('viewer')
  return <StatusBadge tone={verdict ? tones[verdict] : 'neutral'}>{t(`verdict.${verdict ?? 'none'}`)}</StatusBadge>
}
