/** The tariff as a tree: chapters, headings, lines, opened one at a time; a code or words lead straight to a line. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { TreeNode } from '#schema/trade'
import { get, problemIn } from '../../../app/api.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { CodeField } from '../../../ui/CodeField.tsx'
import { DateField, FieldRow } from '../../../ui/fields.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { Loading } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { Form, useForm } from '../../../ui/form.tsx'
import css from './browse.module.css'

export const spaced = (code: string): string => [code.slice(0, 4), ...(code.slice(4).match(/.{1,2}/g) ?? [])].join(' ')

const useBranch = (key: string | undefined, date: string | undefined, open: boolean) => {
  const { i18n } = useTranslation()
  return useQuery({
    queryKey: ['tariff-tree', key ?? '', date ?? '', i18n.language],
    queryFn: ({ signal }) => get<{ rows: TreeNode[] }>('/api/trade/tree', { key, date, language: i18n.language }, { signal }),
    enabled: open,
    staleTime: 60_000,
  })
}

const Branch = ({ parent, date, level }: { parent?: string; date: string | undefined; level: number }) => {
  const found = useBranch(parent, date, true)
  if (found.error) return <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />
  if (!found.data) return <Loading />
  return (
    <ul className={css.tree}>
      {found.data.rows.map((node) => (
        <Node key={node.key} node={node} date={date} level={level} />
      ))}
    </ul>
  )
}

const Node = ({ node, date, level }: { node: TreeNode; date: string | undefined; level: number }) => {
  const { t } = useTranslation('tariff')
  const { t: common } = useTranslation()
  const [open, setOpen] = useState(false)
  const what = `${spaced(node.code)} ${node.name}`
  return (
    <li>
      <div className={css.node}>
        {node.children > 0 ? (
          <IconButton
            size="sm"
            icon={open ? 'chevron-down' : 'chevron-end'}
            label={open ? common('collapse', { what }) : common('expand', { what })}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          />
        ) : (
          <span className={css.leaf} aria-hidden="true" />
        )}
        <Link to={`/tariff/codes/${node.code}${date ? `?date=${date}` : ''}`} className={css.code}>
          <span className="mono" dir="ltr">
            {spaced(node.code)}
          </span>
        </Link>
        <bdi className={css.name}>{node.name}</bdi>
        {node.measures > 0 && <span className={css.count}>{t('measures', { count: node.measures })}</span>}
        {node.duty && <bdi className={css.duty}>{node.duty}</bdi>}
      </div>
      {open && <Branch parent={node.key} date={date} level={level + 1} />}
    </li>
  )
}

const search = async (text: string, signal: AbortSignal): Promise<{ code: string; name: string }[]> =>
  (await get<{ rows: { code: string; name: string }[] }>('/api/trade/commodities', { q: text, limit: 50 }, { signal })).rows

type Asked = { code?: string; date?: string }

const TreePage = () => {
  const { t } = useTranslation('tariff')
  const navigate = useNavigate()
  const [address, setAddress] = useSearchParams()
  const date = address.get('date') ?? undefined
  const go = (v: Asked): void => void navigate(`/tariff/codes/${v.code}${v.date ? `?date=${v.date}` : ''}`)
  const form = useForm<Asked>({
    initial: { ...(date && { date }) },
    onChange: (v) => {
      // Whoever types eight digits is not stopped at four; shorter codes are chosen from the list.
      if (v.code && /^\d{8,10}$/.test(v.code)) go(v)
      else if ((v.date ?? '') !== (date ?? '')) setAddress(v.date ? { date: v.date } : {}, { replace: true })
    },
  })
  return (
    <Page title={t('title')}>
      <Form form={form} onSubmit={() => undefined}>
        <FieldRow>
          <CodeField path="/code" label={t('find')} source={search} maxLength={10} onTake={(code) => go({ ...form.value, code })} optional />
          <DateField path="/date" label={t('date')} optional />
        </FieldRow>
      </Form>
      <Branch date={date} level={0} />
    </Page>
  )
}
export default TreePage
