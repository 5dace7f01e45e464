/** Every tool as a button with its key, group by group; the same table binds the keys and fills the list of keys. */
import { useTranslation } from 'react-i18next'
import { useKeys, type KeyBinding } from '../ui/keys.ts'
import { alertRange, gammaRange, withAlert, withGamma } from './pixels/look.ts'
import { groups, tools, type Desk, type Group, type Surroundings, type Tool } from './tools.ts'
import type { ChangeDesk } from './use-desk.ts'
import { useDecimal } from './words.ts'
import css from './viewer.module.css'

export type ToolboxProps = { desk: Desk; around: Surroundings; change: ChangeDesk }

const useAct = ({ desk, around, change }: ToolboxProps): ((tool: Tool) => boolean) => {
  return (tool) => {
    if (tool.refused?.(around, desk)) return false
    change((now) => tool.act(now, around))
    return true
  }
}

/** Other keys on which the same character is written. */
const alias: Readonly<Record<string, string>> = { '+': '=', Delete: 'Backspace' }

const GroupKeys = ({ group, ...props }: ToolboxProps & { group: Group }) => {
  const { t } = useTranslation('viewer')
  const act = useAct(props)
  const bindings = tools
    .filter((tool) => tool.group === group)
    .flatMap((tool): KeyBinding[] => {
      const binding = { keys: tool.key, label: t(`tool.${tool.id}`), run: () => act(tool) }
      const other = alias[tool.key]
      return other ? [binding, { ...binding, keys: other, hidden: true }] : [binding]
    })
  useKeys(bindings, { group: t(`group.${group}`) })
  return null
}

/** Keys that are no character have a word. */
const useKeyName = (): ((key: string) => string) => {
  const { t } = useTranslation('viewer')
  return (key) => (key === 'Delete' ? t('keyName.delete') : key === 'Home' ? t('keyName.home') : key)
}

const ToolButton = ({ tool, ...props }: ToolboxProps & { tool: Tool }) => {
  const { t } = useTranslation('viewer')
  const act = useAct(props)
  const keyName = useKeyName()
  const refusal = tool.refused?.(props.around, props.desk) ?? null
  const name = t(`tool.${tool.id}`)
  // What one does all the time with wheel and keys takes one row.
  const isCompact = tool.group === 'view'
  const isOn = refusal === null && tool.isOn?.(props.desk)
  return (
    <button
      type="button"
      className={css.tool}
      aria-pressed={tool.isOn ? isOn : undefined}
      aria-keyshortcuts={tool.key}
      disabled={refusal !== null}
      title={refusal ? t(`why.${refusal}`) : isCompact ? name : undefined}
      onClick={() => act(tool)}
    >
      <span className={isCompact ? 'visually-hidden' : undefined}>{name}</span>
      <kbd aria-hidden={isCompact || undefined}>{keyName(tool.key)}</kbd>
    </button>
  )
}

/** A value with the keys that change it. */
const Slider = (props: {
  label: string
  /** less and more */ keys: readonly [string, string]
  value: number
  digits: number
  range: { least: number; most: number; step: number }
  onChange: (value: number) => void
}) => {
  const decimal = useDecimal()
  return (
    <label className={css.slider}>
      <span>
        {props.label} <kbd>{props.keys[0]}</kbd> <kbd>{props.keys[1]}</kbd>
      </span>
      <output>{decimal(props.value, props.digits)}</output>
      <input
        type="range"
        min={props.range.least}
        max={props.range.most}
        step={props.range.step}
        value={props.value}
        onChange={(event) => props.onChange(Number(event.target.value))}
      />
    </label>
  )
}

const PenetrationSliders = ({ desk: { look }, change }: ToolboxProps) => {
  const { t } = useTranslation('viewer')
  return (
    <>
      {look.alertFrom !== null && (
        <Slider
          label={t('alertFrom')}
          keys={[',', '.']}
          digits={2}
          range={alertRange}
          value={look.alertFrom}
          onChange={(value) => change((now) => ({ ...now, look: withAlert(now.look, value) }))}
        />
      )}
      <Slider
        label={t('gamma')}
        keys={['[', ']']}
        digits={1}
        range={gammaRange}
        value={look.gamma}
        onChange={(value) => change((now) => ({ ...now, look: withGamma(now.look, value) }))}
      />
    </>
  )
}

export const Toolbox = (props: ToolboxProps) => {
  const { t } = useTranslation('viewer')
  return (
    <div className={css.toolbox} role="toolbar" aria-orientation="vertical" aria-label={t('tools')}>
      {groups.map((group) => (
        <section key={group} className={css.group} aria-label={t(`group.${group}`)}>
          <h2>{t(`group.${group}`)}</h2>
          <div className={css.buttons} data-row={group === 'view' || undefined}>
            {tools
              .filter((tool) => tool.group === group && !tool.keyOnly)
              .map((tool) => (
                <ToolButton key={tool.id} tool={tool} {...props} />
              ))}
          </div>
          {group === 'penetration' && <PenetrationSliders {...props} />}
          <GroupKeys group={group} {...props} />
        </section>
      ))}
    </div>
  )
}
