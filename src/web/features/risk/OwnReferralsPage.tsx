/** What an operator is asked about goods on their way, and its answer. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { referralTransitions, type Referral } from '#schema/risk'
import { Button } from '../../ui/Button.tsx'
import { Page } from '../../ui/Page.tsx'
import { ReasonDialog, type Asked } from '../../ui/ReasonDialog.tsx'
import { ReferralList } from './ReferralList.tsx'

const OwnReferralsPage = () => {
  const { t } = useTranslation('referral')
  const [asked, setAsked] = useState<Asked | null>(null)
  const answering = (r: Referral): Asked => ({
    title: t('answerTitle', { reference: r.reference }),
    label: t('answerText'),
    confirm: t('answer'),
    done: t('answerDone'),
    path: `/api/risk/referrals/${r.id}/answer`,
    field: 'text',
    refresh: [['risk', 'referrals']],
    about: <p className="muted">{r.question}</p>,
  })
  const actionsOf = (r: Referral) =>
    r.kind !== 'DNL' &&
    referralTransitions[r.status].answer && (
      <Button size="sm" kind="primary" onClick={() => setAsked(answering(r))}>
        {t('answer')}
      </Button>
    )
  return (
    <Page title={t('ownTitle')}>
      <ReferralList path="/api/risk/own-referrals" emptyText={t('ownNoneText')} actionsOf={actionsOf} />
      {asked && <ReasonDialog asked={asked} onClose={() => setAsked(null)} />}
    </Page>
  )
}
export default OwnReferralsPage
