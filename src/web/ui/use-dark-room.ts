/** In image rooms and control rooms the screen is dark, unless somebody has chosen a scheme for themselves. */
import { useMantineColorScheme } from '@mantine/core'
import { useLayoutEffect } from 'react'

const attribute = 'data-mantine-color-scheme'

export const useDarkRoom = (): void => {
  const { colorScheme } = useMantineColorScheme()
  useLayoutEffect(() => {
    if (colorScheme !== 'auto') return undefined
    const root = document.documentElement
    const before = root.getAttribute(attribute)
    root.setAttribute(attribute, 'dark')
    return () => {
      if (before !== null) root.setAttribute(attribute, before)
    }
  }, [colorScheme])
}
