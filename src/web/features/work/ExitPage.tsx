/** Exit desk: exports that may leave, and the record that they did. */
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeclarationRow } from '#schema/clearance'
import { send, type Problem } from '../../app/api.ts'
import { useSession } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { useConfirm } from '../../ui/Dialog.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Row } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable } from '../../ui/table/DataTable.tsx'
import type { Filter } from '../../ui/table/types.ts'
import { toast } from '../../ui/toast.tsx'
import { useColumns } from './columns.tsx'

const rowId = (row: DeclarationRow): string => row.mrn
const rowHref = (row: DeclarationRow): string => `/declarations/${row.mrn}`
const fixed = { regime: 'export', status: 'released,cleared' } as const

const ExitPage = () => {
  const { t } = useTranslation('work')
  const columns = useColumns(['mrn', 'trader', 'status', 'items', 'value', 'released', 'lodged', 'office'], ['lodged', 'office'])
  const filters = useMemo<readonly Filter[]>(() => [{ id: 'q', label: t('exit.find'), kind: 'text' }], [t])
  return (
    <Page title={t('exit.title')} fill>
      <DataTable<DeclarationRow>
        id="exit"
        caption={t('exit.title')}
        path="/api/declarations"
        fixed={fixed}
        sort="releasedAt"
        columns={columns}
        rowId={rowId}
        rowHref={rowHref}
        filters={filters}
        topic="declaration"
        selection={(ids, clear) => <Leaving ids={ids} clear={clear} />}
        empty={{ title: t('exit.empty'), text: t('exit.emptyText') }}
        fill
      />
    </Page>
  )
}
export default ExitPage

const Leaving = ({ ids, clear }: { ids: readonly string[]; clear: () => void }) => {
  const { t } = useTranslation('work')
  const { office } = useSession()
  const client = useQueryClient()
  const ask = useConfirm()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const record = async (): Promise<void> => {
    const sure = await ask({ title: t('exit.question'), text: `${t('effect.exit')} ${ids.join(', ')}`, confirm: t('exit.record') })
    if (!sure || !office) return
    setPending(true)
    const replies = await Promise.all(ids.map((mrn) => send('POST', `/api/declarations/${mrn}/exit`, { office: office.code })))
    setPending(false)
    const done = replies.filter((reply) => reply.ok).length
    const refused = replies.find((reply) => !reply.ok)
    setProblem(refused && !refused.ok ? refused.problem : null)
    if (done > 0) toast(t('exit.recorded', { count: done }), { tone: 'ok' })
    await client.invalidateQueries({ queryKey: ['list', '/api/declarations'] })
    if (done === ids.length) clear()
  }
  useKeys([{ keys: 'e', label: t('exit.record'), run: () => void record() }], { group: t('exit.title'), enabled: ids.length > 0 })
  return (
    <Row>
      <Button size="sm" kind="primary" disabled={!office} pending={pending} onClick={() => void record()}>
        {t('exit.record')}
      </Button>
      {office && <span className="muted">{t('exit.office', { office: office.name })}</span>}
      {problem && <ProblemNote problem={problem} />}
    </Row>
  )
}
