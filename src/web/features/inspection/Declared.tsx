/** Declared goods beside the picture: the lines, and each value that was measured with what was expected of it. What was not measured is named. */
import { useTranslation } from 'react-i18next'
import type { DeclaredGoods, DeclaredView, MatchLevel, MatchVersion, StoredMatch } from '#schema/inspection'
import { formatCount, formatPercent } from '../../i18n/format.ts'
import { StatusBadge, type Tone } from '../../ui/Badge.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Instant, Mass } from '../../ui/Values.tsx'
import { useMetricText, useSeenText } from './declared-data.ts'
import css from './centre.module.css'

const tone: Readonly<Record<MatchLevel, Tone>> = { green: 'ok', amber: 'warning', red: 'danger' }

export const MatchBadge = ({ level }: { level: MatchLevel }) => {
  const { t } = useTranslation('declared')
  return <StatusBadge tone={tone[level]}>{t(`match.${level}`)}</StatusBadge>
}

const kg = (mass: number | null): string | null => (mass === null ? null : mass.toFixed(mass < 10 ? 2 : 0))

const consignorText = ({ consignor }: DeclaredGoods): string => [consignor?.name, consignor?.id].filter(Boolean).join(', ')

/** One line above a picture that is being read: what should be in it. */
export const DeclaredLine = ({ goods }: { goods: DeclaredGoods }) => {
  const { t } = useTranslation('declared')
  const [first] = goods.lines
  const more = goods.lines.length - 1
  return (
    <p>
      {t('short')} <bdi className="mono">{first!.hsCode}</bdi> {first!.description} <Mass kg={kg(first!.grossMassKg)} />
      {more > 0 && ` ${t('more', { count: more })}`}
    </p>
  )
}

const Lines = ({ goods }: { goods: DeclaredGoods }) => {
  const { t, i18n } = useTranslation('declared')
  return (
    <PlainTable
      caption={t('title')}
      head={[{ text: t('code') }, { text: t('what') }, { text: t('metric.packages'), end: true }, { text: t('mass'), end: true }]}
      rows={goods.lines
        .slice(0, 20)
        .map(({ hsCode, description, grossMassKg, packages, packageKind }) => [
          { text: <bdi className="mono">{hsCode}</bdi> },
          { text: description ?? '–' },
          { text: packages === null ? '–' : [formatCount(packages, i18n.language), packageKind].filter(Boolean).join(' '), end: true },
          { text: <Mass kg={kg(grossMassKg)} />, end: true },
        ])}
    />
  )
}

const Evidence = ({ match }: { match: StoredMatch }) => {
  const { t } = useTranslation('declared')
  const text = useMetricText()
  const seen = useSeenText()
  return (
    <PlainTable
      caption={t('compared')}
      head={[{ text: t('value') }, { text: t('seen'), end: true }, { text: t('expected'), end: true }]}
      rows={match.evidence.map(({ metric, level, value, band, limits }) => [
        {
          text: (
            <span className={css.judged}>
              {t(`metric.${metric}`)} <MatchBadge level={level} />
            </span>
          ),
        },
        { text: seen({ metric, value, band }), end: true },
        {
          text: limits[0] === limits[1] ? text(metric, limits[0]) : t('between', { least: text(metric, limits[0]), most: text(metric, limits[1]) }),
          end: true,
        },
      ])}
    />
  )
}

const Compared = ({ match }: { match: StoredMatch }) => {
  const { t, i18n } = useTranslation('declared')
  const reasons = [...Map.groupBy(match.unmeasured, ({ because }) => because)]
  const opaqueMass = match.massKg !== null && match.declared.grossMassKg
  return (
    <div className={css.compared}>
      <p>
        <MatchBadge level={match.level} /> {t(`basis.${match.basis}`)}
      </p>
      {opaqueMass && (
        <p className="muted">
          {t('weighed', { share: formatPercent(match.massKg! / match.declared.grossMassKg!, i18n.language) })} <Mass kg={kg(match.massKg)} />
        </p>
      )}
      {match.massBandKg && (
        <p className="muted">
          {t('weighedBand')} <Mass kg={kg(match.massBandKg[0])} /> {t('and')} <Mass kg={kg(match.massBandKg[1])} />
        </p>
      )}
      {match.basis === 'volume' && match.fillShare !== null && (
        <p className="muted">{t('inSpace', { count: match.objects.length, share: formatPercent(match.fillShare, i18n.language) })}</p>
      )}
      {match.evidence.length > 0 && <Evidence match={match} />}
      {match.chapters.map(({ chapter, source, n }) => (
        <p key={chapter} className="muted">
          {t(`source.${source ?? 'unknown'}`, { chapter, count: n })}
        </p>
      ))}
      {reasons.map(([because, all]) => (
        <p key={because} className="muted">
          {t('unmeasured', { what: all.map(({ metric }) => t(`metric.${metric}`)).join(', ') })} {t(`because.${because}`)}
        </p>
      ))}
    </div>
  )
}

/** How the picture compared with every version that was declared. */
const History = ({ of }: { of: readonly MatchVersion[] }) => {
  const { t } = useTranslation(['declared', 'centre'])
  return (
    <PlainTable
      caption={t('history')}
      head={[{ text: t('when') }, { text: t('declaration') }, { text: t('centre:matched') }]}
      rows={of.map(({ at, level, reference, version }) => [
        { text: <Instant at={at} /> },
        { text: t('reference', { reference, version }) },
        { text: <MatchBadge level={level} /> },
      ])}
    />
  )
}

/** Nothing where nothing is declared: most bags. */
export const Declared = ({
  of: { goods, match, history },
  withheld,
}: {
  of: DeclaredView
  /** who reads blind learns later how it compares */ withheld: boolean
}) => {
  const { t } = useTranslation('declared')
  if (!goods) return null
  const shipper = consignorText(goods)
  return (
    <section className={css.compared}>
      <h3>{t('title')}</h3>
      <p className="muted">
        {t('reference', { reference: goods.reference, version: goods.version })}
        {shipper && ` · ${t('consignor', { name: shipper })}`}
      </p>
      <Lines goods={goods} />
      {match ? <Compared match={match} /> : <p className="muted">{t(withheld ? 'withheld' : 'waiting')}</p>}
      {history.length > 1 && <History of={history} />}
    </section>
  )
}
