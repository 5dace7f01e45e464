/** Adds a response unit or changes one: its duty, its place, whom to call. */
import { useTranslation } from 'react-i18next'
import type { Issue } from '#kernel/issue.ts'
import { unitKinds, type Unit, type UnitNow } from '#schema/supervision'
import { useCommand } from '../../../app/use-command.ts'
import { Button } from '../../../ui/Button.tsx'
import { CodeField } from '../../../ui/CodeField.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Checkbox, DecimalField, FieldRow, Select, TextField } from '../../../ui/fields.tsx'
import { Form, useForm } from '../../../ui/form.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useOffices } from '../../people/lookups.ts'
import { searchDevices } from '../devices.ts'
import { unitsKey, unitsPath } from './units.ts'

type Draft = Partial<Omit<Unit, 'lat' | 'lon' | 'deviceId'>> & { lat?: string; lon?: string; deviceId?: string }
const needed = ['id', 'name', 'office', 'kind', 'phone', 'lat', 'lon'] as const
const validate = (draft: Draft): Issue[] =>
  needed.flatMap((name) => (draft[name] ? [] : [{ code: 'form.required', severity: 'error' as const, path: `/${name}` }]))

const draftOf = ({ lat, lon, deviceId, id, name, office, kind, phone, onDuty }: UnitNow): Draft => ({
  id,
  name,
  office,
  kind,
  phone,
  onDuty,
  lat: String(lat),
  lon: String(lon),
  ...(deviceId !== null && { deviceId }),
})
const bodyOf = ({ lat, lon, deviceId, onDuty, ...rest }: Draft): Unit => ({
  ...(rest as Required<Omit<Draft, 'lat' | 'lon' | 'deviceId' | 'onDuty'>>),
  onDuty: onDuty ?? false,
  deviceId: deviceId ?? null,
  lat: Number(lat),
  lon: Number(lon),
})
const trucks = searchDevices('truck', undefined)

export const UnitDialog = ({ unit, onClose }: { unit: UnitNow | null; onClose: () => void }) => {
  const { t } = useTranslation(['units', 'common'])
  const form = useForm<Draft>({ initial: unit ? draftOf(unit) : { onDuty: true }, validate })
  const offices = useOffices()
  const keep = useCommand<Unit, { id: string }>({ path: unitsPath, refresh: [unitsKey] })
  const submit = async (draft: Draft) => {
    const reply = await keep.run(bodyOf(draft))
    if (reply.ok) {
      toast(t('kept'), { tone: 'ok' })
      onClose()
    }
    return reply
  }
  return (
    <Dialog open title={t(unit ? 'change' : 'add')} onClose={onClose} size="lg">
      <Form
        form={form}
        onSubmit={submit}
        actions={
          <>
            <Button onClick={onClose}>{t('common:cancel')}</Button>
            <Button kind="primary" type="submit" pending={keep.pending}>
              {t('keep')}
            </Button>
          </>
        }
      >
        <FieldRow>
          <TextField path="/id" label={t('id')} width="s" mono maxLength={40} readOnly={unit !== null} />
          <TextField path="/name" label={t('name')} maxLength={200} />
        </FieldRow>
        <FieldRow>
          <CodeField path="/office" label={t('office')} source={offices} />
          <Select path="/kind" label={t('kind')} options={unitKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))} />
          <TextField path="/phone" label={t('phone')} width="s" maxLength={40} />
        </FieldRow>
        <FieldRow>
          <DecimalField path="/lat" label={t('lat')} />
          <DecimalField path="/lon" label={t('lon')} />
          <CodeField path="/deviceId" label={t('device')} hint={t('deviceHint')} source={trucks} optional />
        </FieldRow>
        <Checkbox path="/onDuty" label={t('onDuty')} />
      </Form>
    </Dialog>
  )
}
