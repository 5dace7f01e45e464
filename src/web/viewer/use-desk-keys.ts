/** Keys that are no tool: arrows, Enter and Escape act on what the tool in hand is for. */
import { useTranslation } from 'react-i18next'
import { useKeys, type KeyBinding } from '../ui/keys.ts'
import { arrowKeys, moveByKey, placeByKey, type Desk, type Surroundings } from './tools.ts'
import type { ChangeDesk } from './use-desk.ts'

type DeskKeys = { desk: Desk; change: ChangeDesk; around: Surroundings; imageId: string }

export const useDeskKeys = ({ desk, change, around, imageId }: DeskKeys): void => {
  const { t } = useTranslation('viewer')
  const arrows = arrowKeys.flatMap((arrow): KeyBinding[] => [
    { keys: arrow, label: t('keys.move'), run: () => change((now) => moveByKey(now, around, arrow, false)) },
    { keys: `Shift+${arrow}`, label: t('keys.moveFar'), hidden: true, run: () => change((now) => moveByKey(now, around, arrow, true)) },
  ])
  const place: KeyBinding = {
    keys: 'Enter',
    label: t('keys.place'),
    run: () => {
      if (!desk.cursor) return false
      change((now) => placeByKey(now, imageId, crypto.randomUUID()))
      return true
    },
  }
  const leave: KeyBinding = {
    keys: 'Escape',
    label: t('keys.leave'),
    run: () => {
      if (desk.pointer === 'pan') return false
      change((now) => ({ ...now, pointer: 'pan', cursor: null, draft: null }))
      return true
    },
  }
  useKeys([...arrows, place, leave], { group: t('keys.title') })
}
