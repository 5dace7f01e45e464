// The declaration as a whole: what customs found wrong, controls, parties, transport, terms.
import { useTranslation } from 'react-i18next'
import type { CaseView, DeclarationDocument } from '#schema/clearance'
import { StatusBadge, type Tone } from '../../ui/Badge.tsx'
import { Diff } from '../../ui/Diff.tsx'
import { IssueList } from '../../ui/IssueList.tsx'
import { KeyValue, Section, Stack, type Fact } from '../../ui/Layout.tsx'
import { Id, Instant, Mass, Quantity } from '../../ui/Values.tsx'
import { useCodeName, useOffices } from './codes.ts'
import { useElementLabel } from './elements.ts'
import css from './declaration.module.css'

type Party = NonNullable<DeclarationDocument['importer']>
const parties = [
  'importer',
  'exporter',
  'consignee',
  'consignor',
  'declarant',
  'representative',
  'buyer',
  'seller',
  'carrier',
  'presenter',
  'submitter',
] as const

const PartyValue = ({ party, known }: { party: Party; known: string | undefined }) => {
  const { address } = party
  return (
    <>
      {(party.name ?? known) && <span>{party.name ?? known} </span>}
      {party.id && <Id value={party.id} plain />}
      {address && (
        <span className={css.small} dir="auto">
          {[address.line, address.postcode, address.city, address.country].filter(Boolean).join(', ')}
        </span>
      )}
    </>
  )
}

const Parties = ({ document, names }: { document: DeclarationDocument; names: CaseView['names'] }) => {
  const { t } = useTranslation(['declaration', 'elements'])
  const items = parties.flatMap((name): Fact[] => {
    const party = document[name] as Party | undefined
    return party
      ? [{ label: t(`elements:${name}`), value: <PartyValue party={party} known={party.id === undefined ? undefined : names[party.id]} /> }]
      : []
  })
  return (
    <Section title={t('section.parties')}>
      <KeyValue items={items} columns={3} />
    </Section>
  )
}

const Coded = ({ code, name }: { code: string | undefined; name: string | undefined }) =>
  code ? (
    <>
      {name && <span>{name} </span>}
      <span className="mono muted">{code}</span>
    </>
  ) : null

const useTransportFacts = (d: DeclarationDocument): Fact[] => {
  const { t } = useTranslation(['declaration', 'elements'])
  const mode = useCodeName('transport-mode')
  const country = useCodeName('country')
  const offices = useOffices()
  const place = d.goodsLocation
  const placeCode = place ? [place.country, place.type, place.qualifier, place.name].filter(Boolean).join('') : undefined
  const office = (code: string | undefined) => offices.find((one) => one.code === code)?.name
  const facts: (Fact | false | undefined)[] = [
    placeCode !== undefined &&
      placeCode !== '' && {
        label: t('elements:goodsLocation'),
        value: <Coded code={placeCode} name={offices.find((one) => one.goodsLocations.includes(placeCode))?.name} />,
      },
    d.borderTransport && {
      label: t('elements:borderTransport'),
      value: (
        <Coded
          code={[d.borderTransport.id, d.borderTransport.nationality].filter(Boolean).join(' · ') || d.borderTransport.mode}
          name={mode(d.borderTransport.mode)}
        />
      ),
    },
    d.arrivalTransport?.id !== undefined && { label: t('elements:arrivalTransport'), value: <Id value={d.arrivalTransport.id} plain /> },
    d.departureTransport?.id !== undefined && { label: t('elements:departureTransport'), value: <Id value={d.departureTransport.id} plain /> },
    d.containers !== undefined && {
      label: t('elements:containers'),
      value: d.containers
        .map((one) => one.id)
        .filter(Boolean)
        .join(', '),
    },
    d.dispatchCountry !== undefined && {
      label: t('elements:dispatchCountry'),
      value: <Coded code={d.dispatchCountry} name={country(d.dispatchCountry)} />,
    },
    d.destinationCountry !== undefined && {
      label: t('elements:destinationCountry'),
      value: <Coded code={d.destinationCountry} name={country(d.destinationCountry)} />,
    },
    d.destinationOffice !== undefined && {
      label: t('elements:destinationOffice'),
      value: <Coded code={d.destinationOffice} name={office(d.destinationOffice)} />,
    },
    d.exitOffice !== undefined && { label: t('elements:exitOffice'), value: <Coded code={d.exitOffice} name={office(d.exitOffice)} /> },
    d.warehouse !== undefined && { label: t('elements:warehouse'), value: [d.warehouse.type, d.warehouse.id].filter(Boolean).join(' ') },
  ]
  return facts.filter((fact): fact is Fact => Boolean(fact))
}

const useTermFacts = (d: DeclarationDocument): Fact[] => {
  const { t } = useTranslation(['declaration', 'elements'])
  const type = useCodeName('declaration-type')
  const additional = useCodeName('additional-declaration-type')
  const incoterm = useCodeName('incoterm')
  const nature = useCodeName('transaction-nature')
  const facts: (Fact | false | undefined)[] = [
    {
      label: t('elements:declarationType'),
      value: (
        <Coded
          code={[d.declarationType, d.additionalType].filter(Boolean).join(' ')}
          name={[type(d.declarationType), additional(d.additionalType)].filter(Boolean).join('; ')}
        />
      ),
      wide: true,
    },
    d.invoiceTotal !== undefined && {
      label: t('elements:invoiceTotal'),
      value: <Quantity value={d.invoiceTotal.amount} unit={d.invoiceTotal.currency ?? ''} />,
    },
    d.totalPackages !== undefined && { label: t('elements:totalPackages'), value: <span className="number">{d.totalPackages}</span> },
    d.totalGrossMassKg !== undefined && { label: t('elements:totalGrossMassKg'), value: <Mass kg={d.totalGrossMassKg} /> },
    d.deliveryTerms?.incoterm !== undefined && {
      label: t('elements:deliveryTerms'),
      value: (
        <Coded
          code={[d.deliveryTerms.incoterm, d.deliveryTerms.place ?? d.deliveryTerms.placeName].filter(Boolean).join(' ')}
          name={incoterm(d.deliveryTerms.incoterm)}
        />
      ),
    },
    d.transactionNature !== undefined && {
      label: t('elements:transactionNature'),
      value: <Coded code={d.transactionNature} name={nature(d.transactionNature)} />,
    },
    d.traderReference !== undefined && { label: t('elements:traderReference'), value: <Id value={d.traderReference} plain /> },
    d.deferments !== undefined && {
      label: t('elements:deferments'),
      value: d.deferments
        .map((one) => one.account)
        .filter(Boolean)
        .join(', '),
    },
  ]
  return facts.filter((fact): fact is Fact => Boolean(fact))
}

const controlTone: Record<CaseView['state']['controls'][number]['status'], Tone> = {
  open: 'warning',
  conform: 'ok',
  discrepant: 'danger',
  resolved: 'ok',
  waived: 'neutral',
}

const Controls = ({ view }: { view: CaseView }) => {
  const { t } = useTranslation(['declaration', 'elements', 'story'])
  const label = useElementLabel()
  if (view.state.controls.length === 0) return null
  return (
    <Section title={t('section.controls')}>
      <Stack>
        {view.state.controls.map((control) => (
          <div key={control.id} className={css.control}>
            <p className={css.controlHead}>
              <strong>{t(`control.${control.kind}`)}</strong>
              <StatusBadge tone={controlTone[control.status]}>{t(`control.${control.status}`)}</StatusBadge>
              <span className={css.small}>
                <Instant at={control.result?.at ?? control.openedAt} />
              </span>
            </p>
            {control.result && <p>{control.result.remarks}</p>}
            {control.result && control.result.findings.length > 0 && (
              <Diff
                heads={{ old: t('story:declared'), new: t('story:found') }}
                changes={control.result.findings.map((finding, at) => ({
                  id: String(at),
                  label: finding.path ? label(finding.path) : finding.itemNumber ? t('line', { number: finding.itemNumber }) : t('headerLevel'),
                  old: finding.declared || null,
                  new: finding.found,
                }))}
              />
            )}
          </div>
        ))}
      </Stack>
    </Section>
  )
}

export const Overview = ({ view }: { view: CaseView }) => {
  const { t } = useTranslation(['declaration', 'elements'])
  const label = useElementLabel()
  const { document, issues } = view.state
  const transport = useTransportFacts(document)
  const terms = useTermFacts(document)
  return (
    <Stack>
      {issues.length > 0 && (
        <Section title={t('section.issues')} count={issues.length}>
          <IssueList issues={issues} labelOf={label} />
        </Section>
      )}
      <Controls view={view} />
      <Parties document={document} names={view.names} />
      <Section title={t('section.transport')}>
        <KeyValue items={transport} columns={3} />
      </Section>
      <Section title={t('section.terms')}>
        <KeyValue items={terms} columns={3} />
      </Section>
    </Stack>
  )
}
