import type { Tx } from '#platform/database.ts'
import type { Profile } from '../schema.ts'
import { saveProfiles } from '../store.ts'

const national = (p: Omit<Profile, 'administration' | 'validFrom'>): Profile => ({ ...p, administration: 'XV', validFrom: '2020-01-01' })
const sandbox = (p: Omit<Profile, 'administration' | 'validFrom' | 'percent'>): Profile => ({
  ...p,
  percent: 100,
  administration: 'GB',
  validFrom: '2020-01-01',
})

const profiles: Profile[] = [
  national({
    code: 'N-TOBACCO',
    name: 'Tobacco products',
    lane: 'red',
    control: 'both',
    blocking: true,
    percent: 100,
    conditions: [
      { field: 'hsCodes', operator: 'under', value: '24' },
      { field: 'regime', operator: 'is', value: 'import' },
    ],
    instruction: 'Count cartons against the packing list and check the fiscal marks.',
  }),
  national({
    code: 'N-ALCOHOL-LOW',
    name: 'Spirits with a low declared value',
    lane: 'yellow',
    control: 'documentary',
    blocking: true,
    percent: 100,
    conditions: [
      { field: 'hsCodes', operator: 'under', value: '2208' },
      { field: 'customsValue', operator: 'below', value: 2000 },
    ],
    instruction: 'Compare the unit price with the contract and the payment.',
  }),
  national({
    code: 'N-PREF-PROOF',
    name: 'Preference claimed',
    lane: 'yellow',
    control: 'documentary',
    blocking: true,
    percent: 15,
    conditions: [{ field: 'preferences', operator: 'in', value: ['200', '300', '320', '400'] }],
    instruction: 'Check the proof of origin: form, date, approved exporter.',
  }),
  national({
    code: 'N-USED-CARS',
    name: 'Motor cars',
    lane: 'red',
    control: 'physical',
    blocking: true,
    percent: 40,
    conditions: [{ field: 'hsCodes', operator: 'under', value: '8703' }],
    instruction: 'Check chassis numbers and first registration.',
  }),
  national({
    code: 'N-WASTE',
    name: 'Waste and scrap',
    lane: 'red',
    control: 'both',
    blocking: true,
    percent: 60,
    conditions: [{ field: 'descriptions', operator: 'contains', value: 'scrap' }],
    instruction: 'Check for hazardous waste; measure radiation.',
  }),
  national({
    code: 'N-HIGH-VALUE',
    name: 'Very high customs value',
    lane: 'blue',
    control: 'none',
    blocking: false,
    percent: 100,
    conditions: [{ field: 'customsValue', operator: 'above', value: 250000 }],
    instruction: 'Post-clearance audit of the valuation.',
  }),
  {
    ...national({
      code: 'L-POST-TEXTILE',
      name: 'Clothing through the postal hub',
      lane: 'red',
      control: 'physical',
      blocking: true,
      percent: 25,
      conditions: [{ field: 'hsCodes', operator: 'under', value: '6' }],
      instruction: 'Check marks for counterfeits.',
    }),
    office: 'XV000501',
  },
  sandbox({
    code: 'T-PHYSICAL',
    name: 'Trader test: physical control',
    lane: 'red',
    control: 'physical',
    blocking: true,
    conditions: [{ field: 'descriptions', operator: 'contains', value: 'ttimportphysical' }],
    instruction: 'Scripted scenario.',
  }),
  sandbox({
    code: 'T-DOC-BLOCKING',
    name: 'Trader test: blocking document control',
    lane: 'yellow',
    control: 'documentary',
    blocking: true,
    conditions: [{ field: 'descriptions', operator: 'contains', value: 'ttimportdocblocking' }],
    instruction: 'Scripted scenario.',
  }),
  sandbox({
    code: 'T-DOC-NONBLOCKING',
    name: 'Trader test: document control beside release',
    lane: 'blue',
    control: 'documentary',
    blocking: false,
    conditions: [{ field: 'descriptions', operator: 'contains', value: 'docnonblocking' }],
    instruction: 'Scripted scenario.',
  }),
]

/** Conditions that selection still reads. */
export const loadDemoConditions = (tx: Tx): Promise<void> => saveProfiles(tx, profiles)
