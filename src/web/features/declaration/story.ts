/** What happened to a declaration, in sentences: title, who, and what it was about. Pure but for the texts. */
import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '#schema/clearance'
import type { Money } from '#kernel/money.ts'
import { formatAmount } from '../../i18n/format.ts'
import { useCan } from '../../app/session.ts'
import type { Tone } from '../../ui/Badge.tsx'
import { useReasonText } from '../work/reasons.tsx'
import { useOffices } from './codes.ts'
import { useElementLabel } from './elements.ts'
import { codeOf } from './Message.tsx'

export type Told = { title: string; by?: string; details: string[]; tone: Tone }

type Params = Record<string, unknown>
type LooseT = (key: string, options?: Record<string, unknown>) => string
type Found = { path?: string; itemNumber?: number; declared?: string; found: string }

const tones: Record<string, Tone> = {
  accepted: 'ok',
  released: 'ok',
  cleared: 'ok',
  covered: 'ok',
  exited: 'ok',
  rejected: 'danger',
  seized: 'danger',
  'control-opened': 'warning',
  'payment-demanded': 'warning',
  'payment-reminded': 'warning',
  'request-received': 'info',
  amended: 'info',
}

/** Follows from the rules, whoever's command set it off. */
const byRule = new Set([
  'accepted',
  'rejected',
  'assessed',
  'covered',
  'payment-demanded',
  'payment-reminded',
  'cleared',
  'control-opened',
  'lane-assigned',
])

const isMoney = (value: unknown): value is Money => typeof value === 'object' && value !== null && 'minor' in value && 'currency' in value
const text = (params: Params, name: string): string => (typeof params[name] === 'string' ? params[name] : '')
const count = (value: unknown): number => (typeof value === 'number' ? value : 0)
const kindOf = (params: Params): 'documentary' | 'physical' => (params['kind'] === 'documentary' ? 'documentary' : 'physical')
const list = <T>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : [])

const useTitle = (): ((event: string, params: Params) => string) => {
  const { t } = useTranslation(['story', 'common', 'declaration'])
  const say = t as unknown as LooseT
  const isOfficer = useCan()('clearance:declaration:read')
  return (event, params) => {
    switch (event) {
      case 'sent':
        return t(isOfficer ? 'story:told' : 'story:toldYou', { name: t(`declaration:message.${codeOf(text(params, 'functionCode'))}.name`) })
      case 'lane-assigned':
        return t('story:happened.lane-assigned', { lane: say(`common:lane.${text(params, 'lane')}`) })
      case 'control-opened':
        return t(`story:ordered.${kindOf(params)}`)
      case 'control-recorded':
        return params['conform'] === true ? t(`story:conform.${kindOf(params)}`) : t(`story:discrepant.${kindOf(params)}`)
      case 'control-closed':
        return params['as'] === 'waived' ? t(`story:waived.${kindOf(params)}`) : t(`story:resolved.${kindOf(params)}`)
      case 'request-received':
        return params['kind'] === 'invalidation' ? t('story:asked.invalidation') : t('story:asked.amendment')
      case 'assigned': {
        const to = params['to'] as { name?: string } | null | undefined
        return to?.name ? t('story:happened.taken', { name: to.name }) : t('story:happened.put-back')
      }
      default:
        return say(`story:happened.${event}`, { defaultValue: t('story:happened.other') })
    }
  }
}

const useDetails = (): ((event: string, params: Params) => string[]) => {
  const { t, i18n } = useTranslation(['story', 'declaration'])
  const label = useElementLabel()
  const reason = useReasonText()
  const offices = useOffices()
  const money = (value: unknown): string => (isMoney(value) ? `${formatAmount(value, i18n.language)} ${value.currency}` : '')
  const place = (code: string): string => offices.find((office) => office.code === code)?.name ?? code
  const finding = ({ path, itemNumber, declared, found }: Found): string => {
    const element = path ? label(path) : itemNumber ? t('declaration:line', { number: itemNumber }) : t('story:whole')
    return declared ? t('story:finding', { element, declared, found }) : t('story:findingOnly', { element, found })
  }
  return (event, params) => {
    const why = text(params, 'reason') === 'clearance.closed_by_amendment' ? t('story:closedByAmendment') : text(params, 'reason')
    switch (event) {
      case 'lodged':
        return [
          [text(params, 'lrn'), t('story:lines', { count: count(params['items']) }), params['prelodged'] === true && t('story:beforeArrival')]
            .filter(Boolean)
            .join(' · '),
        ]
      case 'rejected':
        return [t('story:reasons', { count: count(params['count']) })]
      case 'assessed':
        return isMoney(params['payable']) ? [t('story:payable', { amount: money(params['payable']) })] : []
      case 'lane-assigned':
      case 'control-opened':
        return list<Parameters<typeof reason>[0]>(params['reasons']).map(reason)
      case 'control-recorded':
        return [text(params, 'remarks'), ...list<Found>(params['findings']).map(finding)]
      case 'payment-demanded': {
        const outstanding = (params['settlement'] as { outstanding?: unknown } | undefined)?.outstanding
        return isMoney(outstanding) ? [t('story:outstanding', { amount: money(outstanding) })] : []
      }
      case 'amended':
        return [t('story:changes', { version: count(params['version']), count: count(params['changes']) })]
      case 'exited':
        return [place(text(params, 'office'))]
      case 'sent':
        return [t(`declaration:message.${codeOf(text(params, 'functionCode'))}.text`)]
      default:
        return [why, text(params, 'location'), text(params, 'reference')]
    }
  }
}

/** Name and role where the reader may know them; customs as a whole where not. */
const useWho = (): ((entry: TimelineEntry, event: string) => string | undefined) => {
  const { t } = useTranslation(['story', 'common'])
  const say = t as unknown as LooseT
  return ({ by, role, params }, event) => {
    if (event === 'sent') return undefined
    if (byRule.has(event) || role === 'system' || (event === 'released' && params['by'] === 'system')) return t('story:byRule')
    const roleName = role === '' ? '' : say(`common:role.${role}`, { defaultValue: '' })
    const name = event === 'released' ? text(params, 'by') || by : by
    if (!name) return roleName || t('story:customs')
    return roleName && name === by ? t('story:who', { name, role: roleName }) : name
  }
}

export const useStory = (): ((entry: TimelineEntry) => Told) => {
  const title = useTitle()
  const details = useDetails()
  const who = useWho()
  return (entry) => {
    const event = entry.event.replace(/^(declaration|notification)\./, '')
    const by = who(entry, event)
    return {
      title: title(event, entry.params),
      ...(by && { by }),
      details: details(event, entry.params).filter(Boolean),
      tone: tones[event] ?? 'neutral',
    }
  }
}
