/**
 * `<Fit code="85287200" text="cotton shirt" onTake={…} />`: says that a description does not seem to fit its code, with what would fit;
 * nothing where it fits or says too little. `<Doubts lines={[{ number, code, text }]} />`: the same for the lines of a declaration.
 */
import { useTranslation } from 'react-i18next'
import type { DescriptionCheck } from '#schema/trade'
import { Note, Section } from '../../../ui/Layout.tsx'
import { mostChecked, useCheck, useChecks } from './use-finder.ts'
import css from './finder.module.css'

const Suggestions = ({ check }: { check: DescriptionCheck }) => (
  <ul className={css.suggestions}>
    {check.suggestions.map((one) => (
      <li key={one.heading}>
        <span className="mono" dir="ltr">
          {one.code}
        </span>{' '}
        <bdi lang="en">{one.description}</bdi>
      </li>
    ))}
  </ul>
)

export const Fit = ({ code, text }: { code: string; text: string }) => {
  const { t } = useTranslation('finder')
  const check = useCheck(code, text)
  if (check?.verdict !== 'doubtful') return null
  return (
    <Note tone="warning" title={t('doubtful', { heading: check.heading })}>
      <p>{t('doubtfulText')}</p>
      <Suggestions check={check} />
    </Note>
  )
}

export type DescribedLine = { number: number; code: string; text: string }

export const Doubts = ({ lines }: { lines: readonly DescribedLine[] }) => {
  const { t } = useTranslation('finder')
  const checks = useChecks(lines)
  const doubtful = lines.slice(0, mostChecked).flatMap((line, at) => {
    const check = checks[at]
    return check?.verdict === 'doubtful' ? [{ line, check }] : []
  })
  if (doubtful.length === 0) return null
  return (
    <Section title={t('doubts')} count={doubtful.length}>
      <ul className={css.doubts}>
        {doubtful.map(({ line, check }) => (
          <li key={line.number}>
            <strong>{t('doubtLine', { number: line.number, heading: check.heading })}</strong>
            <p>{line.text}</p>
            <Suggestions check={check} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
