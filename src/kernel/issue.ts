/**
 * One reason why an input is refused or deserves a remark.
 * `code` is dotted and stable (`clearance.net_mass_exceeds_gross`); its text lives in i18n, never here.
 * `path` is an RFC 6901 JSON pointer into the canonical document (`/items/0/netMassKg`), '' for the whole.
 * `params` fill the placeholders of the text.
 */
export type Issue = {
  code: string
  severity: 'error' | 'warning' | 'info'
  path: string
  params?: Record<string, string | number>
}

export const error = (code: string, path = '', params?: Issue['params']): Issue => ({ code, severity: 'error', path, ...(params && { params }) })
export const warning = (code: string, path = '', params?: Issue['params']): Issue => ({ code, severity: 'warning', path, ...(params && { params }) })

export const hasErrors = (issues: readonly Issue[]): boolean => issues.some((i) => i.severity === 'error')
