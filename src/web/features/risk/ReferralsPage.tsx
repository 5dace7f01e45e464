/** Referrals of one's agency: asked before loading or arrival, answered, concluded; an order not to load is lifted by another person than gave it. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { referralTransitions, type Referral } from '#schema/risk'
import { useCan, useSession } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Page } from '../../ui/Page.tsx'
import { ReasonDialog, type Asked } from '../../ui/ReasonDialog.tsx'
import { ReferralDialog } from './ReferralDialog.tsx'
import { ReferralList } from './ReferralList.tsx'

/** The command that ends a referral from its state, by the table that the server asks; an order is only lifted, a question only concluded. */
const endOf = (r: Referral): 'resolve' | 'lift' | null => {
  const name = r.kind === 'DNL' ? 'lift' : 'resolve'
  return referralTransitions[r.status][name] ? name : null
}

const ReferralsPage = () => {
  const { t } = useTranslation('referral')
  const { person } = useSession()
  const can = useCan()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [issuing, setIssuing] = useState<{ previous?: Referral } | null>(null)
  const acts = can('risk:referral:issue')
  const ending = (r: Referral, name: 'resolve' | 'lift'): Asked => ({
    title: t(`${name}Title`, { reference: r.reference }),
    label: t(`${name}Why`),
    confirm: t(name),
    done: t(`${name}Done`),
    path: `/api/risk/referrals/${r.id}/${name}`,
    field: 'conclusion',
    refresh: [['risk', 'referrals']],
    about: <p className="muted">{r.question}</p>,
  })
  const actionsOf = (r: Referral) => {
    const end = endOf(r)
    if (!acts || !end) return null
    if (end === 'lift' && r.issuedBy.personId === person?.id) return <span className="muted">{t('liftOther')}</span>
    return (
      <>
        {end === 'resolve' && (
          <Button size="sm" onClick={() => setIssuing({ previous: r })}>
            {t('again')}
          </Button>
        )}
        <Button size="sm" kind="primary" onClick={() => setAsked(ending(r, end))}>
          {t(end)}
        </Button>
      </>
    )
  }
  return (
    <Page
      title={t('title')}
      actions={
        acts && (
          <Button icon="plus" onClick={() => setIssuing({})}>
            {t('issue')}
          </Button>
        )
      }
    >
      <ReferralList path="/api/risk/referrals" emptyText={t('noneText')} actionsOf={actionsOf} />
      {issuing && <ReferralDialog previous={issuing.previous} onClose={() => setIssuing(null)} />}
      {asked && <ReasonDialog asked={asked} onClose={() => setAsked(null)} />}
    </Page>
  )
}
export default ReferralsPage
