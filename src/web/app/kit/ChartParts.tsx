// Charts: a line with its interval and what chance would give, bars with theirs.
import { useTranslation } from 'react-i18next'
import { formatCount, formatPercent } from '../../i18n/format.ts'
import { BarChart, LineChart } from '../../ui/Chart.tsx'
import { Section, Stack } from '../../ui/Layout.tsx'

const weeks = [0.31, 0.36, 0.35, 0.42, 0.47, 0.46, 0.5].map((y, i) => ({ x: i + 1, y, low: y - 0.06, high: y + 0.06 }))

export const ChartParts = () => {
  const { t, i18n } = useTranslation('kit')
  const percent = (v: number): string => formatPercent(v, i18n.language)
  return (
    <Section title={t('charts')}>
      <Stack>
        <LineChart
          question={t('chartLine')}
          x={{ label: t('chartWeek'), format: (v) => formatCount(v, i18n.language) }}
          y={{ label: t('chartShare'), format: percent }}
          series={[
            { id: 'model', label: t('chartModel'), points: weeks },
            { id: 'chance', label: t('chartChance'), points: weeks.map(({ x }) => ({ x, y: 0.1 })) },
          ]}
          guide={[
            { x: 1, y: 0.07 },
            { x: 7, y: 0.07 },
          ]}
          note={t('chartNote')}
        />
        <BarChart
          question={t('chartBars')}
          name={t('chartProfile')}
          value={t('chartShare')}
          format={percent}
          most={1}
          rows={[
            { id: '1', label: t('chartOne'), value: 0.62, low: 0.48, high: 0.74 },
            { id: '2', label: t('chartTwo'), value: 0.21, low: 0.15, high: 0.28 },
          ]}
          note={t('chartNote')}
        />
      </Stack>
    </Section>
  )
}
