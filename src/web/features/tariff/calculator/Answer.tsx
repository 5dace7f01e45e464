// What the calculator answers: the sum, its lines with their reasons, the other options, the papers.
import { useTranslation } from 'react-i18next'
import type { CalculatorOption, CalculatorReply } from '#schema/duty'
import { StatusBadge } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { KeyValue, Note, Section, Stack } from '../../../ui/Layout.tsx'
import { Money } from '../../../ui/Values.tsx'
import { Trace } from '../../declaration/Duty.tsx'
import css from './calculator.module.css'

type Claim = (preference: string, order?: string) => void

const ByOfficer = () => {
  const { t } = useTranslation('calculator')
  return <StatusBadge tone="warning">{t('byOfficer')}</StatusBadge>
}

const Sum = ({ reply }: { reply: CalculatorReply }) => {
  const { t } = useTranslation('calculator')
  const { totals, lines } = reply.assessment
  // A sum without what an officer has to compute would be read as the whole.
  const isOpen = (type?: string): boolean => lines.some((line) => line.status === 'manual' && (type === undefined || line.type === type))
  return (
    <Section title={t('sum')}>
      <p className={css.path}>
        <bdi>{[...reply.path, reply.name].join(' › ')}</bdi>
      </p>
      <KeyValue
        columns={4}
        items={[
          { label: t('customsValue'), value: <Money value={totals.customsValue} /> },
          ...totals.byType.map((one) => ({
            id: one.type,
            label: reply.names[one.type] ?? one.type,
            value: isOpen(one.type) ? <ByOfficer /> : <Money value={one.payable} />,
          })),
          {
            label: t('payable'),
            value: isOpen() ? (
              <ByOfficer />
            ) : (
              <strong>
                <Money value={totals.payable} />
              </strong>
            ),
          },
        ]}
      />
      {isOpen() && (
        <div className={css.note}>
          <Note tone="warning">{t('manual')}</Note>
        </div>
      )}
    </Section>
  )
}

const Lines = ({ reply }: { reply: CalculatorReply }) => {
  const { t } = useTranslation('calculator')
  const valueTrace = reply.assessment.items[0]?.trace ?? []
  return (
    <Section title={t('lines')} flush>
      <div className={css.scroll} role="group" aria-label={t('lines')} tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('tax')}</th>
              <th scope="col" className={css.rate}>
                {t('rate')}
              </th>
              <th scope="col" data-end>
                {t('amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {reply.assessment.lines.map((line) => (
              <tr key={line.type + line.rateText}>
                <td>
                  {reply.names[line.type] ?? line.type} <span className="mono muted">{line.type}</span>
                  <details className={css.fold}>
                    <summary>{t('how')}</summary>
                    <Trace steps={[...valueTrace, ...line.trace]} />
                  </details>
                </td>
                <td>
                  <bdi>{line.rateText}</bdi>
                </td>
                <td data-end>{line.status === 'manual' ? <ByOfficer /> : <Money value={line.payable} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

const OptionRow = ({ option, reply, onClaim }: { option: CalculatorOption; reply: CalculatorReply; onClaim: Claim }) => {
  const { t } = useTranslation('calculator')
  const name = reply.names[option.preference]
  const applied = reply.assessment.lines.some((l) => l.preference === option.preference && (l.quotaOrder ?? undefined) === option.order)
  return (
    <tr aria-current={applied || undefined}>
      <td>
        <span className="mono">{option.preference}</span> {name} {option.order && <span className="mono">{t('quota', { order: option.order })}</span>}
        {option.documents.length > 0 && (
          <p className={css.small}>
            {t('needs', { documents: option.documents.map((d) => (reply.names[d] ? `${d} (${reply.names[d]})` : d)).join(', ') })}
          </p>
        )}
      </td>
      <td>
        <bdi>{option.rate}</bdi>
      </td>
      <td data-end>{option.manual ? <ByOfficer /> : <Money value={option.payable} />}</td>
      <td data-end>{!option.manual && option.saves.minor > 0 ? <Money value={option.saves} /> : null}</td>
      <td data-end>
        {applied ? (
          <StatusBadge tone="info">{t('applied')}</StatusBadge>
        ) : (
          <Button size="sm" onClick={() => onClaim(option.preference, option.order)} aria-label={t('claimThis', { preference: option.preference })}>
            {t('claim')}
          </Button>
        )}
      </td>
    </tr>
  )
}

const Options = ({ reply, onClaim }: { reply: CalculatorReply; onClaim: Claim }) => {
  const { t } = useTranslation('calculator')
  return (
    <Section title={t('options')} count={reply.options.length} flush>
      <div className={css.scroll} role="group" aria-label={t('options')} tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('option')}</th>
              <th scope="col" className={css.rate}>
                {t('rate')}
              </th>
              <th scope="col" data-end>
                {t('payable')}
              </th>
              <th scope="col" data-end>
                {t('saves')}
              </th>
              <th scope="col">
                <span className="visually-hidden">{t('claim')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {reply.options.map((option) => (
              <OptionRow key={option.preference + (option.order ?? '')} option={option} reply={reply} onClaim={onClaim} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

const Papers = ({ reply }: { reply: CalculatorReply }) => {
  const { t } = useTranslation('calculator')
  const word = (code: string): string => (reply.names[code] ? `${code} ${reply.names[code]}` : code)
  return (
    <Section title={t('papers')} count={reply.papers.length}>
      {reply.papers.length === 0 && <p>{t('noPapers')}</p>}
      <ul className={css.papers}>
        {reply.papers.map((row) => (
          <li key={row.documents.join()}>
            <bdi>{row.documents.map(word).join(` ${t('or')} `)}</bdi> {row.stated && <StatusBadge tone="ok">{t('atHand')}</StatusBadge>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

export const Answer = ({ reply, onClaim }: { reply: CalculatorReply; onClaim: Claim }) => (
  <Stack>
    <Sum reply={reply} />
    <Lines reply={reply} />
    <Options reply={reply} onClaim={onClaim} />
    <Papers reply={reply} />
  </Stack>
)
