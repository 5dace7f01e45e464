/** Does the detector alarm as often as it did, and do its scores look as they did? */
import { useTranslation } from 'react-i18next'
import { formatDate, formatDecimal, formatPercent } from '../../i18n/format.ts'
import { LineChart } from '../../ui/Chart.tsx'
import { Section } from '../../ui/Layout.tsx'
import { useDrift, type ColumnName } from './centre-data.ts'

const dayMs = 86_400_000

export const Drift = ({ column }: { column: ColumnName }) => {
  const { t, i18n } = useTranslation('figures')
  const found = useDrift(column).data
  if (!found || found.days.length === 0) return null
  const day = (value: number): string => formatDate(new Date(value * dayMs).toISOString().slice(0, 10), i18n.language)
  const alarm = found.days.find((d) => d.alarm !== null)
  const limit = alarm ? t('drift.noteAlarm', { day: formatDate(alarm.day, i18n.language) }) : t('drift.noteCalm')
  const shift = found.psi === null ? t('drift.psiNone') : t('drift.psi', { value: formatDecimal(found.psi.toFixed(3), i18n.language) })
  const note = `${found.reference === null ? t('drift.few') : limit} ${shift}`
  return (
    <Section title={t('drift.title')} collapsible>
      {found.days.length < 2 ? (
        <p className="muted">{note}</p>
      ) : (
        <LineChart
          question={t('drift.title')}
          x={{ label: t('drift.axisDay'), format: day }}
          y={{ label: t('drift.axisRate'), format: (value) => formatPercent(value, i18n.language), most: 0.1 }}
          series={[
            {
              id: 'rate',
              label: t('drift.series'),
              points: found.days.map((d) => ({ x: Date.parse(d.day) / dayMs, y: d.n === 0 ? 0 : d.alarms / d.n })),
            },
          ]}
          note={note}
        />
      )}
    </Section>
  )
}
