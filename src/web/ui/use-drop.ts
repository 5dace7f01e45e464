/**
 * What hangs from a button (a menu, a small panel): open or not, and the focus back at the button after Escape, however early that is pressed.
 * `const drop = useDrop()` · `<Menu {...drop.props}><Menu.Target><Button ref={drop.button}>…</Button></Menu.Target>…</Menu>`; a `Popover`'s
 * button takes `onClick={drop.toggle}` too, because a controlled one does not open by itself.
 */
import { useEffect, useRef, useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'

export type Drop = {
  props: { opened: boolean; onChange: (opened: boolean) => void }
  button: RefObject<HTMLButtonElement | null>
  toggle: () => void
  close: () => void
}

export const useDrop = (): Drop => {
  const [opened, setOpened] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!opened) return undefined
    // The library hears Escape only inside, where it moves the focus a moment after opening.
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      flushSync(() => setOpened(false))
      button.current?.focus({ preventScroll: true })
    }
    document.addEventListener('keydown', onKey, true)
    return () => document.removeEventListener('keydown', onKey, true)
  }, [opened])
  return { props: { opened, onChange: setOpened }, button, toggle: () => setOpened(!opened), close: () => setOpened(false) }
}
