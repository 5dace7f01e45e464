// What the assistant answers: each way of entering, its rule, its proofs, and what it costs.
import { useTranslation } from 'react-i18next'
import type { OriginAdvice } from '#schema/clearance'
import type { ConditionView, RuleView, SchemeAdvice, Verdict } from '#schema/trade'
import { StatusBadge, type Tone } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { KeyValue, Note } from '../../../ui/Layout.tsx'
import { Money } from '../../../ui/Values.tsx'
import { QuotaBadge } from '../quotas/words.tsx'
import css from './origin.module.css'

type Cost = NonNullable<OriginAdvice['plain']>
type Take = (claim: { preference: string; quotaOrder?: string }) => void
const tones: Readonly<Record<Verdict, Tone>> = { met: 'ok', 'not-met': 'danger', unknown: 'neutral' }
const lines = (places: readonly number[]): string => places.map((p) => p + 1).join(', ')

const VerdictBadge = ({ verdict }: { verdict: Verdict }) => {
  const { t } = useTranslation('quota')
  return <StatusBadge tone={tones[verdict]}>{t(`origin.verdict.${verdict}`)}</StatusBadge>
}

const CostFacts = ({ cost, saving }: { cost: Cost; saving: OriginAdvice['schemes'][number]['saving'] }) => {
  const { t } = useTranslation('quota')
  return (
    <KeyValue
      columns={4}
      items={[
        { label: t('origin.rate'), value: <bdi>{cost.rateText}</bdi> },
        { label: t('origin.duty'), value: <Money value={cost.duty} /> },
        { label: t('origin.payable'), value: <Money value={cost.payable} /> },
        ...(saving && saving.minor > 0
          ? [
              {
                label: t('origin.saving'),
                value: (
                  <strong>
                    <Money value={saving} />
                  </strong>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

const Condition = ({ view }: { view: ConditionView }) => {
  const { t } = useTranslation('quota')
  const { condition: c } = view
  const words = [
    t(`origin.condition.${c.kind}`, { percent: c.percent ?? '', process: c.process ?? '' }),
    ...(c.of ? [t('origin.of', { codes: c.of.join(', ') })] : []),
    ...(c.except ? [t('origin.except', { codes: c.except.join(', ') })] : []),
  ]
  const details = [
    ...(view.reached ? [t('origin.reached', { percent: view.reached })] : []),
    ...(view.missed.length > 0 ? [t('origin.missed', { lines: lines(view.missed) })] : []),
    ...(view.tolerated.length > 0 ? [t('origin.tolerated', { lines: lines(view.tolerated) })] : []),
  ]
  return (
    <li>
      <VerdictBadge verdict={view.verdict} /> {words.join(' ')} {details.length > 0 && <span className={css.detail}>({details.join('; ')})</span>}
    </li>
  )
}

const Rule = ({ rule }: { rule: RuleView }) => {
  const { t } = useTranslation('quota')
  return (
    <div>
      <p className={css.detail}>
        {t('origin.rule', { from: rule.from, to: rule.to })} {rule.subdivision && <bdi>({rule.subdivision})</bdi>}
      </p>
      {rule.alternatives.map((a, n) => (
        // Alternatives have no names; their order is fixed by the rule.
        <div key={`${rule.from}/${a.conditions.map((c) => c.condition.kind + (c.condition.percent ?? c.condition.process ?? '')).join()}`}>
          {n > 0 && <p className={css.detail}>{t('origin.or')}</p>}
          <ul className={css.alternatives}>
            {a.conditions.map((c) => (
              <Condition key={c.condition.kind + (c.condition.process ?? '')} view={c} />
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}

const Proofs = ({ scheme }: { scheme: SchemeAdvice }) => {
  const { t } = useTranslation('quota')
  if (scheme.proofHeld) return <StatusBadge tone="ok">{t('origin.proofHeld')}</StatusBadge>
  const codes = scheme.proofs.filter((p) => p.usable).map((p) => (p.upTo ? t('origin.upTo', { code: p.code, value: p.upTo }) : p.code))
  return <StatusBadge tone="warning">{t('origin.proofMissing', { codes: codes.join(', ') })}</StatusBadge>
}

const Scheme = ({ found, onTake }: { found: OriginAdvice['schemes'][number]; onTake: Take | undefined }) => {
  const { t } = useTranslation('quota')
  const { scheme, cost, saving } = found
  return (
    <li className={css.answer}>
      <h2 className={css.head}>
        <bdi>{scheme.name}</bdi>
        <VerdictBadge verdict={scheme.verdict} />
        <Proofs scheme={scheme} />
      </h2>
      {cost ? <CostFacts cost={cost} saving={saving} /> : <p className="muted">{t('origin.noRate')}</p>}
      {scheme.rules.length === 0 && <p className="muted">{t('origin.noRule')}</p>}
      {scheme.rules.map((rule) => (
        <Rule key={rule.from + (rule.subdivision ?? '')} rule={rule} />
      ))}
      {scheme.originating.length > 0 && <p className={css.detail}>{t('origin.originating', { lines: lines(scheme.originating) })}</p>}
      {onTake && cost && (
        <Button size="sm" onClick={() => onTake({ preference: cost.preference })}>
          {t('origin.use', { code: cost.preference })}
        </Button>
      )}
    </li>
  )
}

const Quota = ({ quota, onTake }: { quota: OriginAdvice['quotas'][number]; onTake: Take | undefined }) => {
  const { t } = useTranslation('quota')
  return (
    <li className={css.answer}>
      <h2 className={css.head}>
        {t('origin.quota', { order: quota.orderNumber })}
        <QuotaBadge status={quota.status} />
      </h2>
      <CostFacts cost={quota.cost} saving={quota.saving} />
      {onTake && quota.saving && (
        <Button size="sm" onClick={() => onTake({ preference: quota.cost.preference, quotaOrder: quota.orderNumber })}>
          {t('origin.use', { code: quota.cost.preference })}
        </Button>
      )}
    </li>
  )
}

export const Advice = ({ advice, onTake }: { advice: OriginAdvice; onTake?: Take | undefined }) => {
  const { t } = useTranslation('quota')
  return (
    <>
      <ul className={css.answers} aria-live="polite">
        {advice.plain && (
          <li className={css.answer}>
            <h2 className={css.head}>{t('origin.plain')}</h2>
            <CostFacts cost={advice.plain} saving={null} />
          </li>
        )}
        {advice.schemes.map((found) => (
          <Scheme key={found.scheme.id} found={found} onTake={onTake} />
        ))}
        {advice.quotas.map((quota) => (
          <Quota key={quota.orderNumber} quota={quota} onTake={onTake} />
        ))}
      </ul>
      {advice.schemes.length === 0 && <Note>{t('origin.noScheme')}</Note>}
      <p className="muted">{t('origin.note')}</p>
    </>
  )
}
