import type { Reader } from '#platform/database.ts'
import { roleNames, roles } from '../roles.ts'

export type Colleague = { personId: string; name: string; roles: string[]; offices: string[] }

/** Active people who hold a permission, that to record controls unless another is named, at one of the offices ('*' = any) on the date, by name. */
export const officersAt = async (
  db: Reader,
  offices: readonly string[] | '*',
  date: string,
  permission = 'clearance:control:record',
): Promise<Colleague[]> => {
  const working = roleNames.filter((name) => (roles[name].permissions as readonly string[]).includes(permission))
  const rows = await db<Colleague[]>`
    select p.id as "personId", p.name, array_agg(distinct r.role order by r.role) as roles, array_agg(distinct r.office order by r.office) filter (where r.office is not null) as offices
    from identity.person p join identity.role_assignment r on r.person_id = p.id
    where p.status = 'active' and r.role = any(${working}::text[]) and r.valid_from <= ${date} and (r.valid_to is null or r.valid_to > ${date})
      and (${offices === '*'} or r.office is null or r.office = any(${offices === '*' ? [] : [...offices]}::text[]))
    group by p.id, p.name order by lower(p.name)`
  return rows.map((r) => ({ ...r, offices: r.offices ?? [] }))
}
