/** Our colours for Mantine (menus, dialogs, popovers) and, as `--color-…`, for all our own CSS. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'
import { dark, light, type ColorName } from '../ui/tokens.ts'

const accent: MantineColorsTuple = ['#edf5f6', '#dcebee', '#b6d6db', '#8cbfc7', '#66a9b4', '#3f8f9c', '#1d7483', '#0b5a68', '#084853', '#063a43']

export const theme = createTheme({
  fontFamily: "'Inter Variable', 'Noto Sans Arabic', 'Noto Sans SC', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Liberation Mono', Menlo, monospace",
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 3 },
  colors: { accent },
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '3px', md: '4px', lg: '6px', xl: '8px' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  respectReducedMotion: true,
  components: {
    ModalRoot: { defaultProps: { transitionProps: { duration: 80 } } },
    // The placeholder that takes the first focus is no menu item, which the role of a menu does not allow.
    Menu: { defaultProps: { shadow: 'sm', transitionProps: { duration: 0 }, withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { shadow: 'sm', transitionProps: { duration: 0 }, hideDetached: false } },
    Tooltip: { defaultProps: { openDelay: 300, withinPortal: true, multiline: true, maw: 420 } },
  },
})

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const variables = (colors: Record<ColorName, string>): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(colors).map(([name, color]) => [`--color-${kebab(name)}`, color])),
  '--mantine-color-body': colors.surface,
  '--mantine-color-text': colors.text,
  '--mantine-color-dimmed': colors.muted,
  '--mantine-color-placeholder': colors.muted,
  '--mantine-color-error': colors.dangerText,
  '--mantine-color-default': colors.surface,
  '--mantine-color-default-hover': colors.hover,
  '--mantine-color-default-color': colors.text,
  '--mantine-color-default-border': colors.line,
  '--mantine-primary-color-filled': colors.accent,
  '--mantine-primary-color-contrast': colors.onAccent,
})

export const resolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...variables(light), 'color-scheme': 'light', '--shadow-pop': '0 4px 16px rgb(10 30 34 / 0.16)' },
  dark: { ...variables(dark), 'color-scheme': 'dark', '--shadow-pop': '0 4px 20px rgb(0 0 0 / 0.55)' },
})
