/** Control rooms are dark: their pages take the dark colours, unless whoever works there has asked for light ones. */
import { useMantineColorScheme } from '@mantine/core'
import type { CSSProperties } from 'react'
import { dark } from '../../../ui/tokens.ts'

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const darkColours = {
  ...Object.fromEntries(Object.entries(dark).map(([name, colour]) => [`--color-${kebab(name)}`, colour])),
  '--map-icon-filter': 'invert(1)',
  colorScheme: 'dark',
} as CSSProperties

export const useDarkRoom = (): { scheme: 'dark' | 'light'; style: CSSProperties } => {
  const { colorScheme } = useMantineColorScheme()
  return colorScheme === 'light' ? { scheme: 'light', style: {} } : { scheme: 'dark', style: darkColours }
}
