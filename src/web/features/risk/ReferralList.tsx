/** Open referrals first and whole, those that are done below. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Referral } from '#schema/risk'
import { problemIn } from '../../app/api.ts'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Empty, Loading, Section, Stack } from '../../ui/Layout.tsx'
import { ReferralCard } from './ReferralCard.tsx'
import { useReferrals } from './use-referrals.ts'

type Props = { path: Parameters<typeof useReferrals>[0]; emptyText: string; actionsOf: (referral: Referral) => ReactNode }

export const ReferralList = ({ path, emptyText, actionsOf }: Props) => {
  const { t } = useTranslation('referral')
  const { open, done } = useReferrals(path)
  const problem = open.error ? problemIn(open.error) : null
  return (
    <Stack>
      {problem && <ProblemNote problem={problem} />}
      <Section title={t('open')} count={open.data?.total ?? 0}>
        {!open.data && !problem && <Loading />}
        {open.data?.rows.length === 0 && <Empty title={t('none')} text={emptyText} />}
        <Stack>
          {open.data?.rows.map((r) => (
            <ReferralCard key={r.id} referral={r} actions={actionsOf(r)} />
          ))}
        </Stack>
      </Section>
      {done.data && done.data.rows.length > 0 && (
        <Section title={t('done')} count={done.data.total} collapsible>
          <Stack>
            {done.data.rows.map((r) => (
              <ReferralCard key={r.id} referral={r} />
            ))}
          </Stack>
        </Section>
      )}
    </Stack>
  )
}
