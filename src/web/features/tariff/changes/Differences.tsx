// What a proposal changes, record by record, in the words of the tariff.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { printExpression, type Condition, type Difference, type DifferenceCounts, type Expression, type Proposal } from '#schema/trade'
import { get, problemIn } from '../../../app/api.ts'
import { useCommand } from '../../../app/use-command.ts'
import { StatusBadge, type Tone } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Diff, type FieldDiff } from '../../../ui/Diff.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { Empty, Loading, Stack } from '../../../ui/Layout.tsx'
import { useTypeName } from '../words.ts'
import { printCondition } from './measure.ts'
import css from './changes.module.css'

type Answer = { rows: Difference[]; total: number; counts: DifferenceCounts }
const size = 50
const tones: Readonly<Record<Difference['kind'], Tone>> = {
  added: 'ok',
  changed: 'info',
  ended: 'warning',
  removed: 'danger',
  unchanged: 'neutral',
  orphaned: 'danger',
}

const isRecord = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v)

/** What tells a measure apart comes first, then what it does. */
const order = ['commodity', 'type', 'area', 'excluded', 'additionalCode', 'preferences', 'orderNumber', 'taxType', 'expression', 'conditions']
const place = (field: string): number => (order.includes(field) ? order.indexOf(field) : order.length)

/** A value as one reads it: expressions printed, names in their first language, lists with commas. */
const shown = (field: string, value: unknown): string | null => {
  if (value === undefined || value === null) return null
  if (field === 'expression' && Array.isArray(value)) return printExpression(value as Expression)
  if (field === 'conditions' && Array.isArray(value)) return (value as Condition[]).map(printCondition).join(' · ')
  if (field === 'names' && isRecord(value)) return String(value['en'] ?? Object.values(value)[0] ?? '')
  if (Array.isArray(value) && value.every((v) => typeof v !== 'object')) return value.join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const fieldsOf = (d: Difference, name: (field: string) => string): FieldDiff[] => {
  const before = isRecord(d.before) ? d.before : {}
  const after = isRecord(d.after) ? d.after : {}
  const fields =
    d.fields.length > 0
      ? d.fields
      : [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((f) => !['id', 'administration'].includes(f))
  return fields
    .toSorted((a, b) => place(a) - place(b))
    .map((f) => ({ id: f, label: name(f), old: shown(f, before[f]), new: d.kind === 'removed' ? null : shown(f, after[f]) }))
}

/** A measure is known by its kind; its own key is nobody's word. */
const typeOf = (d: Difference): string | null => {
  const row = isRecord(d.after) ? d.after : isRecord(d.before) ? d.before : {}
  return d.what === 'measure' && typeof row['type'] === 'string' ? row['type'] : null
}

const Row = ({ d, onDrop }: { d: Difference; onDrop?: (number: number) => void }) => {
  const { t } = useTranslation('tariff')
  const typeName = useTypeName()
  const type = typeOf(d)
  const name = (field: string): string => (t as (key: string, o: { defaultValue: string }) => string)(`record.${field}`, { defaultValue: field })
  return (
    <li className={css.row}>
      <p className={css.head}>
        <StatusBadge tone={tones[d.kind]}>{t(`kind.${d.kind}`)}</StatusBadge> {t(`what.${d.what}`)}{' '}
        {d.commodity && (
          <Link to={`/tariff/codes/${d.commodity}`} className="mono">
            {d.commodity}
          </Link>
        )}
        {type ? <bdi>{typeName(type)}</bdi> : <span className="mono muted">{d.key}</span>}
        {onDrop && d.number !== undefined && (
          <Button size="sm" onClick={() => onDrop(d.number!)} aria-label={t('dropThis', { number: d.number })}>
            {t('drop')}
          </Button>
        )}
      </p>
      {d.kind !== 'unchanged' && <Diff changes={fieldsOf(d, name)} />}
    </li>
  )
}

const Counts = ({ counts }: { counts: DifferenceCounts }) => {
  const { t } = useTranslation('tariff')
  return (
    <p className={css.counts}>
      {(Object.keys(counts) as (keyof DifferenceCounts)[])
        .filter((kind) => counts[kind] > 0)
        .map((kind) => (
          <StatusBadge key={kind} tone={tones[kind]}>
            {t(`kind.${kind}`)}: {counts[kind]}
          </StatusBadge>
        ))}
    </p>
  )
}

export const Differences = ({ view }: { view: Proposal & { commands: string[] } }) => {
  const { t } = useTranslation('tariff')
  const [page, setPage] = useState(1)
  const found = useQuery({
    queryKey: ['proposal', view.id, 'difference', page],
    queryFn: ({ signal }) => get<Answer>(`/api/trade/proposals/${view.id}/difference`, { page, size }, { signal }),
  })
  const edit = useCommand<{ drop: number[] }>({ path: `/api/trade/proposals/${view.id}/changes`, refresh: [['proposal', view.id]] })
  const mayDrop = view.commands.includes('proposal.edit')
  if (found.error) return <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />
  if (!found.data) return <Loading />
  const { rows, total, counts } = found.data
  if (total === 0) return <Empty title={t('noChanges')} text={t('noChangesText')} />
  const pages = Math.ceil(total / size)
  return (
    <Stack>
      <Counts counts={counts} />
      {edit.problem && <ProblemNote problem={edit.problem} />}
      <ul className={css.rows}>
        {rows.map((d) => (
          <Row key={`${d.what}${d.key}${d.kind}`} d={d} {...(mayDrop && { onDrop: (number: number) => void edit.run({ drop: [number] }) })} />
        ))}
      </ul>
      {pages > 1 && (
        <p className={css.counts}>
          <Button size="sm" disabled={page === 1} onClick={() => setPage(page - 1)}>
            {t('previous')}
          </Button>
          {t('pageOf', { page, pages })}
          <Button size="sm" disabled={page === pages} onClick={() => setPage(page + 1)}>
            {t('next')}
          </Button>
        </p>
      )}
    </Stack>
  )
}
