/** A firm as targeting sees it: what it declared, what was found, and what it shares with others; the network as a drawing and as a list. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { Entity, EntityNode } from '#schema/risk'
import { get, problemIn } from '../../app/api.ts'
import { formatCount } from '../../i18n/format.ts'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Columns, KeyValue, Loading, Section, Summary, SummaryFact } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Id, Instant } from '../../ui/Values.tsx'
import { Standing } from '../compliance/Standing.tsx'
import { type NamePlace, type Place, placeNames, placeNetwork } from './network.ts'
import css from './risk.module.css'

const paper = { width: 680, height: 420, rim: 60 }
const shortest = (label: string): string => (label.length > 24 ? `${label.slice(0, 23)}…` : label)

/** Firms are squares, things they share are circles: shape speaks, not colour alone. */
const Sign = ({ node, at: { x, y }, name }: { node: EntityNode; at: Place; name: NamePlace }) => {
  const isParty = node.kind === 'firm' || node.kind === 'broker' || node.kind === 'seller'
  const mark = { className: css.node, 'data-centre': node.centre || undefined, 'data-found': (node.found ?? 0) > 0 || undefined }
  return (
    <g>
      <title>{node.label}</title>
      {isParty ? <rect {...mark} x={x - 8} y={y - 8} width="16" height="16" rx="2" /> : <circle {...mark} cx={x} cy={y} r="6" />}
      <text className={css.nodeLabel} x={name.x} y={name.y} textAnchor={name.anchor}>
        {shortest(node.label)}
      </text>
    </g>
  )
}

const Network = ({ entity }: { entity: Entity }) => {
  const { t } = useTranslation('risk')
  const { places, names } = useMemo(() => {
    const at = placeNetwork(entity.nodes, entity.edges, paper.width - 2 * paper.rim, paper.height - 2 * paper.rim)
    const places = new Map([...at].map(([id, { x, y }]) => [id, { x: x + paper.rim, y: y + paper.rim / 2 }]))
    const named = entity.nodes.map((n) => ({ id: n.id, name: shortest(n.label), at: places.get(n.id)! }))
    return { places, names: placeNames(named, paper.width) }
  }, [entity.nodes, entity.edges])
  const place = (id: string): Place => places.get(id)!
  return (
    <svg
      className={css.network}
      viewBox={`0 0 ${paper.width} ${paper.height}`}
      role="img"
      aria-label={t('networkWords', { count: entity.nodes.length - 1 })}
    >
      {/* Told in words beside it; the letters' contrast is that of the tokens. */}
      <g aria-hidden="true">
        {entity.edges.map((e) => {
          const [a, b] = [place(e.from), place(e.to)]
          return <line key={`${e.from}${e.to}${e.kind}`} className={css.tie} x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
        })}
        {entity.nodes.map((n) => (
          <Sign key={n.id} node={n} at={place(n.id)} name={names.get(n.id)!} />
        ))}
      </g>
    </svg>
  )
}

/** The same as words: for the keyboard, for screen readers, and for who wants to go on to another firm. */
const Ties = ({ entity }: { entity: Entity }) => {
  const { t, i18n } = useTranslation('risk')
  const nodes = new Map(entity.nodes.map((n) => [n.id, n]))
  const shared = entity.nodes.filter((n) => n.kind !== 'firm')
  const partners = (node: EntityNode): EntityNode[] =>
    entity.edges
      .flatMap((e) => (e.from === node.id ? [e.to] : e.to === node.id ? [e.from] : []))
      .flatMap((id) => (nodes.get(id)?.kind === 'firm' && !nodes.get(id)!.centre ? [nodes.get(id)!] : []))
  return (
    <ul className={css.versions}>
      {shared.map((n) => (
        <li key={n.id}>
          <strong>{t(`tie.${n.kind}`)}</strong> <bdi>{n.label}</bdi>
          <small>
            {partners(n).length === 0
              ? t('tieAlone')
              : partners(n).map((p) => (
                  <span key={p.id} className={css.partner}>
                    <Link to={`/risk/entities/${p.id}`}>{p.label}</Link>
                    {(p.found ?? 0) > 0 && ` (${t('foundTimes', { count: p.found!, number: formatCount(p.found!, i18n.language) })})`}
                  </span>
                ))}
          </small>
        </li>
      ))}
    </ul>
  )
}

const Case = ({ entity }: { entity: Entity }) => {
  const { t, i18n } = useTranslation(['risk', 'compliance'])
  const { facts } = entity
  const count = (n: number): string => formatCount(n, i18n.language)
  const most = (rows: readonly { value: string; declarations: number }[]): string =>
    rows.map((r) => `${r.value} (${count(r.declarations)})`).join(', ') || '–'
  return (
    <>
      <Summary>
        <SummaryFact label={t('registration')}>
          <Id value={entity.id} />
        </SummaryFact>
        <SummaryFact label={t('compliance:standing')}>
          <Standing holder={entity.id} />
        </SummaryFact>
        <SummaryFact label={t('declared')}>{count(facts.declarations)}</SummaryFact>
        <SummaryFact label={t('examined')}>{count(facts.examined)}</SummaryFact>
        <SummaryFact label={t('result')}>{count(facts.found)}</SummaryFact>
        <SummaryFact label={t('lastSeen')}>{facts.lastSeen ? <Instant at={facts.lastSeen} /> : '–'}</SummaryFact>
      </Summary>
      <Columns
        aside={
          <Section title={t('shares')}>
            <Ties entity={entity} />
          </Section>
        }
      >
        <Section title={t('network')}>
          <Network entity={entity} />
          <p className="muted">{t('networkLegend')}</p>
        </Section>
        <Section title={t('history')}>
          <KeyValue
            columns={2}
            items={[
              { label: t('firstSeen'), value: facts.firstSeen ? <Instant at={facts.firstSeen} /> : '–' },
              { label: t('office'), value: most(facts.offices) },
              { label: t('headings'), value: most(facts.headings) },
              { label: t('origins'), value: most(facts.origins) },
            ]}
          />
          <p>
            <Link to={`/risk/decisions?q=${encodeURIComponent(entity.id)}`}>{t('itsDecisions')}</Link>
          </p>
        </Section>
      </Columns>
    </>
  )
}

const EntityPage = () => {
  const { t } = useTranslation('risk')
  const { id = '' } = useParams()
  const found = useQuery({
    queryKey: ['risk', 'entity', id],
    queryFn: ({ signal }) => get<Entity>(`/api/risk/entities/${encodeURIComponent(id)}`, {}, { signal }),
  })
  const problem = found.error ? problemIn(found.error) : null
  return (
    <Page title={found.data?.name ?? id} crumbs={[{ label: t('decisions'), to: '/risk/decisions' }]}>
      {problem && <ProblemNote problem={problem} />}
      {!found.data && !problem && <Loading />}
      {found.data && <Case entity={found.data} />}
    </Page>
  )
}
export default EntityPage
