/** The decision on an image in two keystrokes: c and Enter, or s and the figure of what is seen. */
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DecisionBar, type Decision } from '../ui/DecisionBar.tsx'
import { useKeys } from '../ui/keys.ts'
import type { Mark } from './marks.ts'
import type { Reading } from './station.ts'
import css from './viewer.module.css'

type ChoiceProps = { classes: Reading['classes']; onChoose: (id: string) => void }

const Classes = ({ classes, onChoose }: ChoiceProps) => {
  const { t } = useTranslation('viewer')
  useKeys(
    classes.slice(0, 9).map(({ id, label }, n) => ({ keys: String(n + 1), label, run: () => onChoose(id) })),
    { group: t('decide.suspect') },
  )
  return (
    <div className={css.classes} role="group" aria-label={t('decide.class')}>
      {classes.map(({ id, label }, n) => (
        <button key={id} type="button" className={css.tool} onClick={() => onChoose(id)}>
          <span>{label}</span>
          {n < 9 && <kbd>{n + 1}</kbd>}
        </button>
      ))}
    </div>
  )
}

export const ReadingBar = ({ reading: { classes, give }, marks }: { reading: Reading; marks: readonly Mark[] }) => {
  const { t } = useTranslation('viewer')
  const [seen, setSeen] = useState<string | null>(null)
  // The bar performs in the same keystroke that chooses: before the choice is rendered.
  const chosen = useRef<string | null>(null)
  const actions: Decision[] = [
    {
      id: 'clear',
      keys: 'c',
      kind: 'safe',
      label: t('decide.clear'),
      consequences: t('decide.clearText'),
      run: (grounds) => give('clear', null, grounds, marks),
    },
    {
      id: 'suspect',
      keys: 's',
      kind: 'danger',
      label: t('decide.suspect'),
      consequences: t('decide.suspectText'),
      extra: (confirm) => (
        <Classes
          classes={classes}
          onChoose={(id) => {
            chosen.current = id
            setSeen(id)
            confirm()
          }}
        />
      ),
      isChosenInside: true,
      run: (grounds) => give('suspect', chosen.current ?? seen, grounds, marks),
    },
  ]
  return <DecisionBar actions={actions} />
}
