/** What waits for a second person: who proposed it and why, what it would change; approved, or rejected with a reason. */
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RiskProposal } from '#schema/risk'
import { useCan, useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Row, Section, Stack } from '../../ui/Layout.tsx'
import { toast } from '../../ui/toast.tsx'
import { ReasonDialog, type Asked } from '../../ui/ReasonDialog.tsx'
import css from './risk.module.css'

type Props = { rows: readonly RiskProposal[]; /** what it is about, and what would change */ content?: (p: RiskProposal) => ReactNode }

/** Nothing where nothing waits. */
export const Proposals = ({ rows, content }: Props) => {
  const { t } = useTranslation('risk')
  const { person } = useSession()
  const can = useCan()
  const [asked, setAsked] = useState<Asked | null>(null)
  const approve = useCommand<string>({
    path: (id) => `/api/risk/proposals/${id}/approve`,
    body: () => ({ remark: '' }),
    refresh: [['risk']],
    onDone: () => toast(t('approved'), { tone: 'ok' }),
  })
  const rejecting = (p: RiskProposal): Asked => ({
    title: t('rejectTitle'),
    label: t('rejectWhy'),
    confirm: t('reject'),
    done: t('rejected'),
    path: `/api/risk/proposals/${p.id}/reject`,
    field: 'remark',
    refresh: [['risk']],
  })
  if (rows.length === 0) return null
  return (
    <Section title={t('proposals')} count={rows.length}>
      <Stack>
        {approve.problem && <ProblemNote problem={approve.problem} />}
        {rows.map((p) => (
          <div key={p.id} className={css.proposal}>
            <div className={css.told}>
              {content?.(p) ?? <strong>{p.subject.slice(0, 40)}</strong>}
              <p className="muted">{t('proposalBy', { who: p.author.name, reason: p.reason })}</p>
            </div>
            {can('risk:proposal:approve') && p.author.personId !== person?.id && (
              <Row>
                <Button size="sm" onClick={() => setAsked(rejecting(p))}>
                  {t('reject')}
                </Button>
                <Button size="sm" kind="primary" pending={approve.pending} onClick={() => void approve.run(p.id)}>
                  {t('approve')}
                </Button>
              </Row>
            )}
          </div>
        ))}
      </Stack>
      {asked && <ReasonDialog asked={asked} onClose={() => setAsked(null)} />}
    </Section>
  )
}
