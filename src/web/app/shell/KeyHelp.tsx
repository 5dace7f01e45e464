// The keys that this page knows, and the switch for those of one character.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/Dialog.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { setSingleKeys, singleKeysOn, useRegisteredKeys } from '../../ui/keys.ts'
import css from './keys.module.css'

export const KeyHelp = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const { t } = useTranslation()
  const groups = useRegisteredKeys()
  const [on, setOn] = useState(singleKeysOn)
  const names = [...new Set(groups.map(({ group }) => group))]
  return (
    <Dialog open={open} title={t('keys.title')} onClose={onClose} size="lg">
      <div className={css.keys}>
        {names.map((name) => (
          <section key={name}>
            <h3>{name}</h3>
            <dl>
              {groups
                .filter(({ group }) => group === name)
                .flatMap(({ bindings }) => bindings)
                .map((binding) => (
                  <div key={binding.keys + binding.label}>
                    <dt>
                      {binding.keys.split('+').map((key) => (
                        <kbd key={key}>{key || '+'}</kbd>
                      ))}
                    </dt>
                    <dd>{binding.label}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <Checkbox
        label={t('keys.single')}
        hint={t('keys.singleHint')}
        value={on}
        onChange={(next) => {
          setSingleKeys(next ?? false)
          setOn(next ?? false)
        }}
      />
    </Dialog>
  )
}
