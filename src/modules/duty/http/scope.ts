/** Whose money a person may look at, and at which desk a cashier sits. */
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { officeAllowed, type Principal } from '#platform/permissions.ts'
import type { Holder } from '../store/accounts.ts'

/** Cashiers and treasury see all accounts, traders those of whom they represent, everybody else none. */
export const holderOf = (p: Principal): Outcome<Holder> => {
  if (p.permissions.has('duty:account:read')) return accept('all')
  if (p.permissions.has('duty:account:read-own')) return accept({ registrations: p.represents.map((r) => r.registration) })
  return refuse(error('access.denied', '', { permission: 'duty:account:read-own' }))
}

const receiving = 'duty:payment:receive'

export const officesOf = (p: Principal): readonly string[] | '*' => p.officesByPermission?.get(receiving) ?? p.offices

/** The desk a cashier takes money at: the one named, else the own office, else the only one. */
export const deskOf = (p: Principal, named: string | undefined): Outcome<{ office: string; cashierId: string; cashier: string }> => {
  const offices = officesOf(p)
  const only = offices !== '*' && offices.length === 1 ? offices[0] : undefined
  const office = named ?? (p.homeOffice && officeAllowed(p, p.homeOffice, receiving) ? p.homeOffice : only)
  if (!office) return refuse(error('duty.office_unclear', '/office'))
  if (!officeAllowed(p, office, receiving)) return refuse(error('duty.office_not_served', '/office', { office }))
  return accept({ office, cashierId: p.personId, cashier: p.name })
}
