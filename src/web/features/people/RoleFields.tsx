/** Role, where it holds and how long, with what it permits and what it excludes. */
import { useTranslation } from 'react-i18next'
import { CodeField } from '../../ui/CodeField.tsx'
import { DateField, FieldRow, Select } from '../../ui/fields.tsx'
import { useOffices, useRoles } from './lookups.ts'
import css from './people.module.css'

export type Granted = { role?: string; office?: string; validFrom?: string; validTo?: string }

/** Fields for the grant that stands at `path` of the form around. */
export const RoleFields = ({ path, value }: { path: string; value: Granted | undefined }) => {
  const { t } = useTranslation(['people', 'common'])
  const roles = useRoles()
  const offices = useOffices()
  const chosen = roles.find(({ role }) => role === value?.role)
  const name = (role: string): string => t(`common:role.${role as 'officer'}`)
  return (
    <div className={css.grant}>
      <FieldRow>
        <Select path={`${path}/role`} label={t('people:form.role')} options={roles.map(({ role }) => ({ value: role, label: name(role) }))} />
        {chosen?.scope === 'office' && <CodeField path={`${path}/office`} label={t('people:form.office')} source={offices} />}
        <DateField path={`${path}/validFrom`} label={t('people:form.from')} optional />
        <DateField path={`${path}/validTo`} label={t('people:form.to')} optional />
      </FieldRow>
      {chosen && (
        <p className={css.permits}>
          {chosen.scope !== 'office' && <>{chosen.scope === 'country' ? t('people:form.wholeCountry') : t('people:form.inOrganisation')} · </>}
          {t('people:form.permits')} <span className="mono">{chosen.permissions.join(', ')}</span>
          {chosen.excludes.length > 0 && <> · {t('people:form.excludes', { roles: chosen.excludes.map(name).join(', ') })}</>}
        </p>
      )}
    </div>
  )
}
