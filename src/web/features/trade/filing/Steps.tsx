// The steps before and after the goods: declaration, parties, transport, documents, duty.
import { useTranslation } from 'react-i18next'
import type { DeclarationDocument } from '#schema/clearance'
import type { Assessment } from '#schema/duty'
import { Note, Stack } from '../../../ui/Layout.tsx'
import { CodeField } from '../../../ui/CodeField.tsx'
import { Choice, DateField, FieldRow, MoneyField, TextField } from '../../../ui/fields.tsx'
import { useCodes, useOffices } from '../../declaration/codes.ts'
import { Duty } from '../../declaration/Duty.tsx'
import { isTransit, locationOf, splitLocation } from './document.ts'
import { Group, ListCode, OperatorField, Party, Rows, useDocument } from './parts.tsx'
import css from './filing.module.css'

export type StepProps = { document: DeclarationDocument; /** what identifies a lodged declaration is not amended */ amending: boolean }

const supplementary = new Set(['Y', 'Z', 'Q', 'U', 'V', 'X'])

export const DeclarationStep = ({ document, amending }: StepProps) => {
  const { t } = useTranslation('filing')
  const underTransit = isTransit(document.declarationType)
  return (
    <Stack>
      {amending && <Note tone="info">{t('amend.fixed')}</Note>}
      <Group title={t('section.basics')}>
        <FieldRow>
          <TextField path="/lrn" label={t('field.lrn')} hint={t('field.lrnHint')} maxLength={35} mono code="DE 2/5" readOnly={amending} />
          <TextField path="/traderReference" label={t('field.traderReference')} maxLength={35} mono optional code="DE 2/4" />
        </FieldRow>
        <FieldRow>
          <ListCode
            list="declaration-type"
            path="/declarationType"
            label={t('field.declarationType')}
            maxLength={3}
            code={underTransit ? 'DE 1/3' : 'DE 1/1'}
            readOnly={amending}
          />
          <ListCode
            list="additional-declaration-type"
            path="/additionalType"
            label={t('field.additionalType')}
            maxLength={1}
            code="DE 1/2"
            readOnly={amending}
          />
          {supplementary.has(document.additionalType ?? '') && <DateField path="/taxPointAt" label={t('field.taxPoint')} />}
        </FieldRow>
      </Group>
      {!underTransit && (
        <>
          <Group title={t('section.terms')}>
            <FieldRow>
              <ListCode list="incoterm" path="/deliveryTerms/incoterm" label={t('field.incoterm')} maxLength={3} code="DE 4/1" />
              <TextField path="/deliveryTerms/place" label={t('field.place')} hint={t('field.placeHint')} width="s" mono upper maxLength={35} />
              <ListCode list="transaction-nature" path="/transactionNature" label={t('field.transactionNature')} maxLength={2} code="DE 8/5" />
            </FieldRow>
          </Group>
          <Rows
            path="/valuationAdjustments"
            title={t('section.charges')}
            row={(path) => (
              <>
                <ListCode list="valuation-adjustment" path={`${path}/code`} label={t('field.chargeCode')} maxLength={3} code="DE 4/9" />
                <MoneyField path={`${path}/amount`} label={t('field.chargeAmount')} />
              </>
            )}
          />
        </>
      )}
      <Rows
        path="/additionalInformation"
        title={t('section.statements')}
        row={(path) => (
          <>
            <ListCode list="additional-information" path={`${path}/code`} label={t('field.statementCode')} maxLength={17} code="DE 2/2" />
            <TextField path={`${path}/text`} label={t('field.statementText')} width="l" maxLength={512} />
          </>
        )}
      />
    </Stack>
  )
}

export const PartiesStep = ({ document, amending }: StepProps) => {
  const { t } = useTranslation('filing')
  const isExport = document.declarationType === 'EX'
  const underTransit = isTransit(document.declarationType)
  const status = useCodes('representative-status')
  return (
    <Stack>
      {isExport && <Party path="/exporter" title={t('section.exporter')} hint={t('partyHint.exporter')} />}
      {!isExport && !underTransit && <Party path="/importer" title={t('section.importer')} hint={t('partyHint.importer')} address={false} />}
      <Party
        path="/declarant"
        title={t(underTransit ? 'section.holder' : 'section.declarant')}
        hint={t(underTransit ? 'partyHint.holder' : 'partyHint.declarant')}
        readOnly={amending}
      />
      <Group title={t('section.representative')} hint={t('partyHint.representative')}>
        <FieldRow>
          <OperatorField path="/representative/id" label={t('field.number')} />
        </FieldRow>
        <Choice
          path="/representative/status"
          label={t('field.repStatus')}
          code="DE 3/21"
          options={status.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Group>
      {!isExport && <Party path="/exporter" title={t('section.exporter')} hint={t('partyHint.exporter')} address />}
      {(isExport || underTransit) && <Party path="/consignee" title={t('section.consignee')} hint={t('partyHint.consignee')} address />}
      {underTransit && <Party path="/carrier" title={t('section.carrier')} hint={t('partyHint.carrier')} />}
      {!isExport && !underTransit && (
        <details className={css.more} open={document.seller !== undefined || document.buyer !== undefined || undefined}>
          <summary>{t('section.sale')}</summary>
          <Stack>
            <Party path="/seller" title={t('section.seller')} hint={t('partyHint.seller')} address />
            <Party path="/buyer" title={t('field.buyer')} hint={t('partyHint.buyer')} address />
          </Stack>
        </details>
      )}
      <Rows
        path="/authorisations"
        title={t('section.authorisations')}
        row={(path) => (
          <>
            <ListCode list="authorisation-type" path={`${path}/type`} label={t('field.authType')} maxLength={6} code="DE 3/39" />
            <OperatorField path={`${path}/holder`} label={t('field.authHolder')} />
          </>
        )}
      />
      <Rows
        path="/fiscalReferences"
        title={t('section.fiscal')}
        row={(path) => (
          <>
            <ListCode list="fiscal-role" path={`${path}/role`} label={t('field.role')} maxLength={3} code="DE 3/40" />
            <TextField path={`${path}/id`} label={t('field.number')} mono maxLength={35} />
          </>
        )}
      />
    </Stack>
  )
}

const GoodsPlace = () => {
  const { t } = useTranslation('filing')
  const offices = useOffices()
  const { value, set } = useDocument<DeclarationDocument['goodsLocation']>('/goodsLocation')
  const places = offices.flatMap((office) => office.goodsLocations.map((code) => ({ code, name: `${office.name}, ${code.slice(4)}` })))
  return (
    <CodeField
      path="/goodsLocation"
      label={t('field.location')}
      hint={t('field.locationHint')}
      code="DE 5/23"
      width="l"
      source={places}
      value={locationOf(value)}
      onChange={(code) => set(splitLocation(code))}
    />
  )
}

export const TransportStep = ({ document }: StepProps) => {
  const { t } = useTranslation('filing')
  const underTransit = isTransit(document.declarationType)
  const isLeaving = document.declarationType === 'EX' || underTransit
  const offices = useOffices().map(({ code, name }) => ({ code, name }))
  const inContainers = useDocument<string>('/containerised')
  return (
    <Stack>
      <Group title={t('section.place')}>
        <GoodsPlace />
        <FieldRow>
          <ListCode list="country" path="/dispatchCountry" label={t('field.dispatch')} maxLength={2} code="DE 5/14" />
          <ListCode list="country" path="/destinationCountry" label={t('field.destination')} maxLength={2} code="DE 5/8" />
        </FieldRow>
      </Group>
      <Group title={t('section.border')}>
        <FieldRow>
          <ListCode list="transport-mode" path="/borderTransport/mode" label={t('field.borderMode')} maxLength={1} code="DE 7/4" />
          <ListCode list="country" path="/borderTransport/nationality" label={t('field.nationality')} maxLength={2} code="DE 7/15" />
          <ListCode list="transport-mode" path="/inlandMode" label={t('field.inlandMode')} maxLength={1} optional code="DE 7/5" />
        </FieldRow>
        <FieldRow>
          <ListCode list="transport-identification" path="/borderTransport/idType" label={t('field.idType')} maxLength={2} code="DE 7/14" />
          <TextField path="/borderTransport/id" label={t('field.means')} mono maxLength={35} />
        </FieldRow>
      </Group>
      <Group title={isLeaving ? t('section.departure') : t('section.arrival')}>
        <FieldRow>
          <ListCode
            list="transport-identification"
            path={isLeaving ? '/departureTransport/idType' : '/arrivalTransport/idType'}
            label={t('field.idType')}
            maxLength={2}
          />
          <TextField
            path={isLeaving ? '/departureTransport/id' : '/arrivalTransport/id'}
            label={t('field.means')}
            mono
            maxLength={35}
            code={isLeaving ? 'DE 7/7' : 'DE 7/9'}
          />
        </FieldRow>
      </Group>
      <Choice
        path="/containerised"
        label={t('field.containers')}
        code="DE 7/2"
        inline
        options={[
          { value: '0', label: t('yesNo.no') },
          { value: '1', label: t('yesNo.yes') },
        ]}
      />
      {(inContainers.value === '1' || document.containers !== undefined) && (
        <Rows
          path="/containers"
          title={t('section.containers')}
          begin={(count) => ({ sequence: count + 1 })}
          row={(path) => (
            <>
              <TextField path={`${path}/id`} label={t('field.container')} mono upper width="s" maxLength={17} code="DE 7/10" />
              <TextField path={`${path}/seals/0/id`} label={t('field.seals')} mono width="s" maxLength={35} optional />
            </>
          )}
        />
      )}
      <Group title={t('section.offices')}>
        <FieldRow>
          {underTransit && <CodeField path="/destinationOffice" label={t('field.destinationOffice')} source={offices} maxLength={17} code="DE 5/6" />}
          {isLeaving && !underTransit && (
            <CodeField path="/exitOffice" label={t('field.exitOffice')} source={offices} maxLength={17} code="DE 5/12" />
          )}
          <CodeField path="/declarationOffice" label={t('field.office')} source={offices} maxLength={17} optional />
        </FieldRow>
      </Group>
      <Group title={t('section.warehouse')}>
        <FieldRow>
          <ListCode list="warehouse-type" path="/warehouse/type" label={t('field.warehouseType')} maxLength={3} optional code="DE 2/7" />
          <TextField path="/warehouse/id" label={t('field.warehouse')} mono maxLength={35} optional />
        </FieldRow>
      </Group>
    </Stack>
  )
}

export const DutyStep = ({ document, assessment }: StepProps & { assessment: Assessment | null }) => {
  const { t } = useTranslation('filing')
  const underTransit = isTransit(document.declarationType)
  return (
    <Stack>
      {underTransit && <Note>{t('transitGuarantee')}</Note>}
      {!underTransit && (
        <Rows
          path="/deferments"
          title={t('section.deferments')}
          begin={() => ({ category: '1', type: 'DAN' })}
          row={(path) => (
            <>
              <OperatorField path={`${path}/account`} label={t('field.deferment')} />
              <TextField path={`${path}/category`} label={t('field.deferCategory')} width="xs" mono maxLength={3} code="DE 2/6" />
              <TextField path={`${path}/type`} label={t('field.deferType')} width="s" mono upper maxLength={6} />
            </>
          )}
        />
      )}
      <Rows
        path="/guarantees"
        title={t('section.guarantees')}
        row={(path) => (
          <>
            <ListCode list="guarantee-type" path={`${path}/type`} label={t('field.guaranteeType')} maxLength={3} code="DE 8/2" />
            <TextField path={`${path}/reference`} label={t('field.guaranteeReference')} mono maxLength={70} code="DE 8/3" />
            {underTransit && <MoneyField path={`${path}/amount`} label={t('field.guaranteeAmount')} />}
          </>
        )}
      />
      {!underTransit && <Duty assessment={assessment} title={t('estimate.title')} />}
    </Stack>
  )
}
